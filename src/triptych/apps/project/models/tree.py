"""The one tree, and the settings by which its projects are scheduled."""

from django.conf import settings
from django.db import models

from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import Workspace
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


def removed_by() -> "models.ForeignKey[LogEntry | None, LogEntry | None]":
    """No index: nobody looks rows up by it, and as long as a new table has no statistics PostgreSQL takes the index
    of what is not removed, which is everything, for a good one: a second to load ten thousand tasks."""
    return models.ForeignKey(LogEntry, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)


class Node(models.Model):
    """A row of the one tree, with what the schedule is computed from.

    `project` is the project a phase, deliverable, milestone or task belongs to, None in the upper tree. Dates are
    instants (minutes since 1970, local), durations are minutes. `splits` are pairs of minutes done and minutes of
    pause, null without any. Money is hundredths of the project's currency. `fields` are the values of custom fields
    by the field's number. What stands from `item_type` on moves no date, and is written by `edit_items`. A removed row keeps everything, so that undo
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
    removed_by = removed_by()

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

    item_type = models.ForeignKey(
        "ItemType", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    workflow_state = models.ForeignKey(
        "WorkflowState", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    description = models.TextField(default="")
    points = models.IntegerField(null=True)
    fields = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["project", "position"], name="node_project"),
            models.Index(fields=["workspace"], name="node_upper", condition=models.Q(project__isnull=True)),
        )

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
    calendar = models.ForeignKey("Calendar", on_delete=models.PROTECT)
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
