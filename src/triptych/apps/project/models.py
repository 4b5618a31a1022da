"""The tree and what hangs on it. People type what is here; computed dates are in `Dates` alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import CustomRole, Team, Workspace
from triptych.apps.people.roles import Role
from triptych.plan.kinds import Accrual

#: Round-the-clock minutes that weigh as one working minute in progress: a day has 24 of the one, 8 of the other.
ELAPSED_PER_WORKED = 3


class Kind(models.TextChoices):
    """The levels of the tree. The first three are the upper tree; the others belong to one project."""

    PORTFOLIO = "portfolio"
    PROGRAM = "program"
    PROJECT = "project"
    PHASE = "phase"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    TASK = "task"


UPPER = (Kind.PORTFOLIO, Kind.PROGRAM, Kind.PROJECT)


def _removed_by() -> "models.ForeignKey[LogEntry | None, LogEntry | None]":
    """No index: nobody looks rows up by it, and as long as a new table has no statistics PostgreSQL takes the index
    of what is not removed, which is everything, for a good one: a second to load ten thousand tasks."""
    return models.ForeignKey(LogEntry, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)


class Node(models.Model):
    """A row of the one tree, with what the schedule is computed from.

    `project` is the project a phase, deliverable, milestone or task belongs to, None in the upper tree. Dates are
    instants (minutes since 1970, local), durations are minutes. `splits` are pairs of minutes done and minutes of
    pause, null without any. Money is hundredths of the project's currency. A removed row keeps everything, so that undo
    brings back the very same row; of a removed project only the project's own row is marked.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    project = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    position = models.BigIntegerField(default=0)
    name = models.CharField(max_length=500)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    removed_by = _removed_by()

    wbs = models.CharField(max_length=200, default="")
    milestone = models.BooleanField(default=False)
    duration = models.BigIntegerField(default=0)
    elapsed = models.BooleanField(default=False)
    constraint = models.SmallIntegerField(default=0)
    constraint_date = models.BigIntegerField(null=True)
    deadline = models.BigIntegerField(null=True)
    calendar = models.ForeignKey("Calendar", on_delete=models.PROTECT, null=True, db_index=False)
    ignore_resource_calendars = models.BooleanField(default=False)
    manual = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    external = models.BooleanField(default=False)
    start = models.BigIntegerField(null=True)
    finish = models.BigIntegerField(null=True)
    priority = models.IntegerField(default=500)
    levelling_delay = models.BigIntegerField(default=0)
    percent_complete = models.SmallIntegerField(default=0)
    actual_start = models.BigIntegerField(null=True)
    actual_finish = models.BigIntegerField(null=True)
    remaining = models.BigIntegerField(null=True)
    resume = models.BigIntegerField(null=True)
    secondary = models.SmallIntegerField(default=0)
    secondary_date = models.BigIntegerField(null=True)
    hammock = models.BooleanField(default=False)
    start_milestone = models.BooleanField(default=False)
    type = models.SmallIntegerField(default=0)
    effort_driven = models.BooleanField(default=False)
    splits = models.JSONField(null=True)
    fixed_cost = models.BigIntegerField(default=0)
    fixed_cost_accrual = models.SmallIntegerField(default=int(Accrual.PRORATED))
    actual_cost = models.BigIntegerField(null=True)
    physical_percent = models.SmallIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["project", "position"], name="node_project"),
            models.Index(fields=["workspace"], name="node_upper", condition=models.Q(project__isnull=True)),
        )

    def __str__(self) -> str:
        return self.name


class Calendar(models.Model):
    """Working time: `week` is seven lists of shifts (null takes the base's), `exceptions` are spans of days.

    A calendar belongs to the project it was imported with, or, with `project` None, to the whole workspace.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT)
    project = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    week = models.JSONField(default=list)
    exceptions = models.JSONField(default=list)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True)

    def __str__(self) -> str:
        return self.name


class ProjectSettings(models.Model):
    """How one project is scheduled; an empty word leaves the choice to the dialect.

    Its row is what two writers of one project queue for on PostgreSQL.
    """

    node = models.OneToOneField(Node, on_delete=models.CASCADE, primary_key=True, related_name="settings")
    start = models.BigIntegerField()
    finish = models.BigIntegerField(null=True)
    from_finish = models.BooleanField(default=False)
    status_date = models.BigIntegerField(null=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT)
    minutes_per_day = models.IntegerField(default=480)
    minutes_per_week = models.IntegerField(default=2400)
    days_per_month = models.IntegerField(default=20)
    honour_constraints = models.BooleanField(default=True)
    critical_limit = models.BigIntegerField(default=0)
    critical_by_path = models.BooleanField(default=False)
    open_ends_critical = models.BooleanField(default=False)
    lag_hours = models.CharField(max_length=20, default="")
    progress_logic = models.CharField(max_length=20, default="")
    float_basis = models.CharField(max_length=20, default="")
    dialect = models.CharField(max_length=20, default="triptych")
    currency = models.CharField(max_length=20, default="")

    def __str__(self) -> str:
        return f"settings of {self.node_id}"


class Link(models.Model):
    """`succ` waits for `pred`. `crosses` marks the links between projects."""

    pred = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="links_out")
    succ = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="links_in")
    kind = models.SmallIntegerField(default=0)
    lag = models.BigIntegerField(default=0)
    lag_kind = models.SmallIntegerField(default=0)
    crosses = models.BooleanField(default=False)
    removed_by = _removed_by()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pred", "succ", "kind"], name="link_once"),)
        indexes = (models.Index(fields=["id"], name="link_crossing", condition=models.Q(crosses=True)),)

    def __str__(self) -> str:
        return f"{self.pred_id} → {self.succ_id}"


class Resource(models.Model):
    """A person, team or machine; `units` 100 is one, full time. `project` None: of the whole workspace."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT)
    project = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, default="")
    role = models.CharField(max_length=200, default="")
    kind = models.SmallIntegerField(default=0)
    units = models.IntegerField(default=100)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, null=True)
    rate = models.BigIntegerField(default=0)
    cost_per_use = models.BigIntegerField(default=0)
    accrual = models.SmallIntegerField(default=int(Accrual.PRORATED))
    skills = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Days on which a resource is away, or works other `shifts`; both ends included."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()
    name = models.CharField(max_length=200, default="")
    shifts = models.JSONField(default=list)
    removed_by = _removed_by()

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class Assignment(models.Model):
    """A resource works on a task."""

    task = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="assignments")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="assignments")
    units = models.IntegerField(default=100)
    work = models.BigIntegerField(null=True)
    actual_work = models.BigIntegerField(null=True)
    cost = models.BigIntegerField(null=True)
    actual_cost = models.BigIntegerField(null=True)
    removed_by = _removed_by()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "resource"], name="assigned_once"),)

    def __str__(self) -> str:
        return f"{self.resource_id} on {self.task_id}"


class Dates(models.Model):
    """What the engine computed for a task, or for a project (start and finish alone). Instants and minutes.

    Narrow and without foreign keys: tens of thousands of these are rewritten in one transaction, by the bridge
    and by nobody else.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "start", "finish", "early_start", "early_finish", "late_start", "late_finish",
        "total_float", "free_float", "critical", "summary",
    )  # fmt: skip

    node = models.BigIntegerField(primary_key=True)
    start = models.BigIntegerField()
    finish = models.BigIntegerField()
    early_start = models.BigIntegerField()
    early_finish = models.BigIntegerField()
    late_start = models.BigIntegerField()
    late_finish = models.BigIntegerField()
    total_float = models.BigIntegerField()
    free_float = models.BigIntegerField()
    critical = models.BooleanField()
    summary = models.BooleanField()

    def __str__(self) -> str:
        return f"dates of {self.node}"


class Baseline(models.Model):
    """A baseline of one project: 0 is the baseline proper. `saved` is the instant at which it was taken."""

    project = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    name = models.CharField(max_length=200, default="")
    saved = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "number"], name="baseline_once"),)

    def __str__(self) -> str:
        return f"baseline {self.number} of {self.project_id}"


class BaselineRow(models.Model):
    """What a baseline holds of one task, or of one that there is no more: instants, minutes, hundredths.

    Narrow and without a foreign key to the node, as `Dates`.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("start", "finish", "duration", "work", "cost")

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="rows", db_index=False)
    node = models.BigIntegerField()
    start = models.BigIntegerField(null=True)
    finish = models.BigIntegerField(null=True)
    duration = models.BigIntegerField()
    work = models.BigIntegerField()
    cost = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["baseline", "node"], name="baselined_once"),)

    def __str__(self) -> str:
        return f"baseline {self.baseline_id} of node {self.node}"


class Grant(models.Model):
    """A user, or everybody in a team, holds a role on a node of the tree and all below it; on the workspace with
    `node` None. The role is one of the trade's, or, with `role` empty, one of the company's own."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="grants"
    )
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="grants")
    node = models.ForeignKey(Node, on_delete=models.CASCADE, null=True, related_name="grants")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    custom = models.ForeignKey(CustomRole, on_delete=models.PROTECT, null=True, related_name="grants")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "node", "role", "custom"], name="granted_once"),
            models.UniqueConstraint(
                fields=["user", "role"],
                name="granted_everywhere_once",
                condition=models.Q(node__isnull=True, custom__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(team__isnull=True), name="granted_to_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id or self.team_id} is {self.role or self.custom_id} of {self.node_id}"
