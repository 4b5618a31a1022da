"""Objectives and key results, and what serves them.

The terms are those of the trade (A. Grove, High Output Management, 1983; J. Doerr, Measure What Matters, 2018): an
objective says what is wanted and why, its key results how anybody would know.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node

_PERCENT = (MinValueValidator(0), MaxValueValidator(100))


def _weight() -> "models.SmallIntegerField[int, int]":
    """How much a part counts beside its siblings, in percent of a full part; 0 counts for nothing."""
    return models.SmallIntegerField(default=100, validators=_PERCENT)


def _owner() -> "models.ForeignKey[models.Model | None, models.Model | None]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )


class ObjectiveState(models.TextChoices):
    """What has become of an objective."""

    DRAFT = "draft"
    ACTIVE = "active"
    ACHIEVED = "achieved"
    MISSED = "missed"
    DROPPED = "dropped"


#: The states in which an objective is still to be reached.
OPEN = (ObjectiveState.DRAFT, ObjectiveState.ACTIVE)

_AGAIN: Mapping[str, Verb] = {ObjectiveState.ACTIVE: Verb.EDIT_OBJECTIVES}
_STEPS: Mapping[str, Mapping[str, Verb]] = {
    ObjectiveState.DRAFT: {
        ObjectiveState.ACTIVE: Verb.EDIT_OBJECTIVES,
        ObjectiveState.DROPPED: Verb.EDIT_OBJECTIVES,
    },
    ObjectiveState.ACTIVE: {
        ObjectiveState.DRAFT: Verb.EDIT_OBJECTIVES,
        ObjectiveState.ACHIEVED: Verb.EDIT_OBJECTIVES,
        ObjectiveState.MISSED: Verb.EDIT_OBJECTIVES,
        ObjectiveState.DROPPED: Verb.EDIT_OBJECTIVES,
    },
    ObjectiveState.ACHIEVED: _AGAIN,
    ObjectiveState.MISSED: _AGAIN,
    ObjectiveState.DROPPED: _AGAIN,
}


class Objective(Record):
    """What is wanted, why, and from which day to which; of a node of the tree, or, without one, of the company.

    It may serve another objective, its `parent`, in which it has a `weight` beside the others.
    """

    TERMS: ClassVar[Terms] = Terms("objective", home="node", add=Verb.EDIT_OBJECTIVES, states=_STEPS)

    node = models.ForeignKey(Node, on_delete=models.CASCADE, null=True, blank=True, related_name="objectives")
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=300)
    why = models.TextField(blank=True, default="")
    first = models.DateField()
    last = models.DateField()
    owner = _owner()
    weight = _weight()
    state = models.CharField(max_length=12, choices=ObjectiveState, default=ObjectiveState.DRAFT)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        found = {}
        if self.last < self.first:
            found["last"] = "An objective ends no earlier than it begins."
        if self._is_above_itself():
            found["parent"] = "An objective cannot serve itself."
        return found

    def _is_above_itself(self) -> bool:
        above, seen = self.parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                return True
            seen.add(above.pk)
            above = above.parent
        return False


class KeyResultKind(models.TextChoices):
    """What a key result is counted in."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    YES_NO = "yes_no"
    MILESTONE = "milestone"


class KeyResultSource(models.TextChoices):
    """Where the value of a key result comes from: a person, the plan, or another system."""

    TYPED = "typed"
    PLAN = "plan"
    API = "api"


class Figure(models.TextChoices):
    """What of a node of the tree is read: the day of its finish, or how much of it is done."""

    FINISH = "finish"
    PERCENT = "percent_complete"


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class KeyResult(Record):
    """How anybody would know that an objective is reached.

    `start`, `target` and every value are whole numbers of 10^-`scale` of the `unit`: 125 with scale 1 is 12.5. Money
    is in hundredths, scale 2; yes and no are 1 and 0; a finish read from the plan is the days since 1970-01-01. A
    milestone is reached or not, by the plan; its `target` is the day by which it should be. The value now is that of
    the plan, or of the latest check-in.
    """

    TERMS: ClassVar[Terms] = Terms(
        "key result", home="objective__node", add=Verb.EDIT_OBJECTIVES, fixed=frozenset({"objective"})
    )

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    name = models.CharField(max_length=300)
    owner = _owner()
    kind = models.CharField(max_length=12, choices=KeyResultKind, default=KeyResultKind.NUMBER)
    unit = models.CharField(max_length=40, blank=True, default="")
    scale = models.SmallIntegerField(default=0, validators=[MinValueValidator(0), MaxValueValidator(6)])
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    start = models.BigIntegerField(default=0)
    target = models.BigIntegerField()
    weight = _weight()
    source = models.CharField(max_length=8, choices=KeyResultSource, default=KeyResultSource.TYPED)
    node = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    figure = models.CharField(max_length=20, choices=Figure, blank=True, default="")

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        return _kind_faults(self) | _source_faults(self)


def _kind_faults(row: KeyResult) -> dict[str, str]:
    """What is wrong with the numbers of a key result, for its kind."""
    if row.kind == KeyResultKind.MILESTONE:
        return {} if row.source == KeyResultSource.PLAN else {"source": "A milestone is reached in the plan."}
    if row.kind == KeyResultKind.YES_NO and (row.scale, row.start, row.target) != (0, 0, 1):
        return {"target": "What is yes or no begins at 0 and ends at 1."}
    if row.kind == KeyResultKind.MONEY and row.scale != 2:
        return {"scale": "Money is counted in hundredths."}
    if row.direction == Direction.UP and row.target <= row.start:
        return {"target": "The target of what should go up is above its start."}
    if row.direction == Direction.DOWN and row.target >= row.start:
        return {"target": "The target of what should go down is below its start."}
    return {}


#: Which figures of the plan a key result of a kind may be read from.
_READ: Mapping[str, tuple[str, ...]] = {
    KeyResultKind.NUMBER: (Figure.FINISH, Figure.PERCENT),
    KeyResultKind.PERCENT: (Figure.PERCENT,),
    KeyResultKind.MILESTONE: (Figure.FINISH,),
}


def _source_faults(row: KeyResult) -> dict[str, str]:
    """What is wrong with where a key result's value comes from."""
    if row.source != KeyResultSource.PLAN:
        stray = {"node": row.node_id, "figure": row.figure}
        return {name: "Only what the plan says has this." for name, value in stray.items() if value}
    if row.kind not in _READ:
        return {"source": "The plan does not say this."}
    found = {}
    if row.node_id is None:
        found["node"] = "Say of what in the plan."
    if row.figure not in _READ[row.kind]:
        found["figure"] = f"The plan says: {', '.join(_READ[row.kind])}."
    if row.scale != 0:
        found["scale"] = "The plan counts in whole days and percent."
    return found


class CheckIn(Record):
    """What a key result was on a day, how sure its team is to reach it, in percent, and why. Where the plan gives the
    value there is none here."""

    TERMS: ClassVar[Terms] = Terms(
        "check-in",
        home="key_result__objective__node",
        add=Verb.EDIT_OBJECTIVES,
        name="",
        signed=("by",),
        fixed=frozenset({"key_result"}),
    )

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="check_ins")
    day = models.DateField()
    value = models.BigIntegerField(null=True, blank=True)
    confidence = models.SmallIntegerField(validators=_PERCENT)
    note = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.value} on {self.day}"

    def faults(self) -> Mapping[str, str]:
        if self.key_result.source == KeyResultSource.PLAN:
            return {} if self.value is None else {"value": "The plan says how far this is."}
        if self.value is None:
            return {"value": "Say how far it is."}
        if self.key_result.kind == KeyResultKind.YES_NO and self.value not in {0, 1}:
            return {"value": "It is yes, 1, or no, 0."}
        return {}


class Alignment(Record):
    """A node of the tree serves an objective, or one key result of it. `weight` is the percent of the objective, or of
    the key result, that rests on it.

    It is told with the objective; the node has a name for those who may see that too, and so the log names neither.
    """

    TERMS: ClassVar[Terms] = Terms(
        "alignment",
        home="objective__node",
        add=Verb.EDIT_OBJECTIVES,
        name="",
        fixed=frozenset({"objective", "key_result", "node"}),
    )

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="alignments")
    key_result = models.ForeignKey(
        KeyResult, on_delete=models.CASCADE, null=True, blank=True, related_name="alignments"
    )
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="alignments")
    weight = models.SmallIntegerField(default=100, validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["workspace", "objective", "node"],
                name="aligned_once",
                condition=models.Q(key_result=None),
            ),
            models.UniqueConstraint(
                fields=["workspace", "key_result", "node"], name="aligned_with_result_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.node_id} serves {self.objective_id}"

    def faults(self) -> Mapping[str, str]:
        if self.key_result is not None and self.key_result.objective_id != self.objective_id:
            return {"key_result": "This key result belongs to another objective."}
        return {}
