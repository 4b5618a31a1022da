"""The risk register: what may happen, what is done about it, and which tasks it strikes."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node

from .amounts import LONGEST, MOST_MONEY, three_points, within


class RiskKind(models.TextChoices):
    """A risk harms or helps."""

    THREAT = "threat"
    OPPORTUNITY = "opportunity"


class Strategy(models.TextChoices):
    """The strategies of response of the PMBOK Guide."""

    ESCALATE = "escalate"
    AVOID = "avoid"
    TRANSFER = "transfer"
    MITIGATE = "mitigate"
    EXPLOIT = "exploit"
    SHARE = "share"
    ENHANCE = "enhance"
    ACCEPT = "accept"


#: The strategies that make sense for one kind of risk alone.
ONLY_FOR = {
    RiskKind.THREAT: (Strategy.AVOID, Strategy.TRANSFER, Strategy.MITIGATE),
    RiskKind.OPPORTUNITY: (Strategy.EXPLOIT, Strategy.SHARE, Strategy.ENHANCE),
}


class RiskState(models.TextChoices):
    """How far the handling of a risk has come, by the processes of risk management; `monitored` is one whose response
    is in place. Of those that are over, `retired` ones can happen no more, `occurred` ones did."""

    IDENTIFIED = "identified"
    ANALYSED = "analysed"
    PLANNED = "planned"
    RESPONDING = "responding"
    MONITORED = "monitored"
    CLOSED = "closed"
    RETIRED = "retired"
    OCCURRED = "occurred"


#: The states in which a risk may still happen.
OPEN_RISK = (
    RiskState.IDENTIFIED, RiskState.ANALYSED, RiskState.PLANNED, RiskState.RESPONDING, RiskState.MONITORED,
)  # fmt: skip


def _steps() -> dict[str, dict[str, Verb]]:
    """From every open state to every other and to both ends; from an end back to the start. That a risk has occurred
    is a verb of its own."""
    ends = (RiskState.CLOSED, RiskState.RETIRED)
    steps = {
        each.value: {to.value: Verb.CONTROL for to in (*OPEN_RISK, *ends) if to != each} for each in OPEN_RISK
    }
    return steps | {each.value: {RiskState.IDENTIFIED.value: Verb.CONTROL} for each in ends}


class Risk(Record):
    """Something that may happen to a node of the tree, for the worse (a threat) or the better (an opportunity).

    `probability` is per mille, None as long as nobody has assessed it. Its impact is `delay`, working minutes, and
    `cost`, each as three points; of an opportunity, what is gained. `residual` is what is left of both once the
    response is in place, None where nobody has said. `proximity` is the day from which it may strike, `trigger` what
    would show that it does, `outcome` how it ended.
    """

    TERMS: ClassVar[Terms] = Terms(
        "risk",
        home="node",
        add=Verb.RAISE,
        change=Verb.CONTROL,
        own="raised_by",
        signed=("raised_by",),
        money=frozenset(
            f"{stem}_{point}" for stem in ("cost", "residual_cost") for point in ("least", "likely", "most")
        ),
        states=_steps(),
        frozen=frozenset({RiskState.OCCURRED}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="risks")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=RiskKind, default=RiskKind.THREAT)
    cause = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    probability = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    delay_least = models.BigIntegerField(default=0)
    delay_likely = models.BigIntegerField(default=0)
    delay_most = models.BigIntegerField(default=0)
    cost_least = models.BigIntegerField(default=0)
    cost_likely = models.BigIntegerField(default=0)
    cost_most = models.BigIntegerField(default=0)
    residual_probability = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(1000)]
    )
    residual_delay_least = models.BigIntegerField(default=0)
    residual_delay_likely = models.BigIntegerField(default=0)
    residual_delay_most = models.BigIntegerField(default=0)
    residual_cost_least = models.BigIntegerField(default=0)
    residual_cost_likely = models.BigIntegerField(default=0)
    residual_cost_most = models.BigIntegerField(default=0)
    proximity = models.DateField(null=True, blank=True)
    trigger = models.TextField(blank=True)
    strategy = models.CharField(max_length=12, choices=Strategy, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=RiskState, default=RiskState.IDENTIFIED)

    class Meta:
        constraints = (
            three_points("risk_delay", "delay", LONGEST),
            three_points("risk_cost", "cost", MOST_MONEY),
            three_points("risk_residual_delay", "residual_delay", LONGEST),
            three_points("risk_residual_cost", "residual_cost", MOST_MONEY),
        )

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        kind = RiskKind(self.kind)
        other = RiskKind.OPPORTUNITY if kind is RiskKind.THREAT else RiskKind.THREAT
        if self.strategy in ONLY_FOR[other]:
            return {"strategy": f"One does not {self.strategy} a {kind}."}
        return {}

    @property
    def is_open(self) -> bool:
        """Whether it may still happen."""
        return self.state in OPEN_RISK


class ResponseState(models.TextChoices):
    """How far a response has come."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


class RiskResponse(Record):
    """What is done about a risk, and by which task of the plan. `cost` is what it costs beside that task, which the
    plan counts already: hundredths."""

    TERMS: ClassVar[Terms] = Terms(
        "risk response",
        home="risk__node",
        add=Verb.CONTROL,
        name="text",
        money=frozenset({"cost"}),
        states={
            "planned": {"in_progress": Verb.PROGRESS, "done": Verb.PROGRESS, "dropped": Verb.CONTROL},
            "in_progress": {"planned": Verb.PROGRESS, "done": Verb.PROGRESS, "dropped": Verb.CONTROL},
            "done": {"in_progress": Verb.PROGRESS},
            "dropped": {"planned": Verb.CONTROL},
        },
    )

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="responses")
    text = models.TextField()
    task = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, blank=True, related_name="responses")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    cost = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=ResponseState, default=ResponseState.PLANNED)

    class Meta:
        constraints = (within("risk_response_cost", "cost", 0, MOST_MONEY),)

    def __str__(self) -> str:
        return self.text

    def faults(self) -> Mapping[str, str]:
        if self.task is not None and self.task.project_id is None:
            return {"task": "A response is done by a task of a plan, not by a whole project."}
        return {}


class AffectedTask(Record):
    """A task that a risk makes longer when it strikes; each of a risk's takes all of its delay. Without any, a risk
    that hangs on a task strikes that task."""

    TERMS: ClassVar[Terms] = Terms("affected task", home="risk__node", add=Verb.CONTROL, name="")

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="affected")
    task = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["risk", "task"], name="risk_affects_once"),)

    def __str__(self) -> str:
        return f"{self.risk_id} strikes {self.task_id}"

    def faults(self) -> Mapping[str, str]:
        if self.task.project_id is None:
            return {"task": "A risk strikes tasks of a plan, not a whole project."}
        return {}
