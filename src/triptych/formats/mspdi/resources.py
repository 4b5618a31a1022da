"""People, teams, machines and materials."""

from triptych.plan import Resource, ResourceKind

from .money import costs_of_resource
from .rates import has_other_rates
from .rows import Row
from .source import Source

_KINDS = {0: ResourceKind.MATERIAL, 1: ResourceKind.WORK, 2: ResourceKind.COST}
_WORK = 1
_READ = frozenset(
    """UID Name CalendarUID Type IsCostResource MaxUnits EmailAddress Group Work Start
    Finish StandardRate CostPerUse AccrueAt""".split()  # noqa: SIM905 - a list of words reads best as words
)


def read_resources(source: Source, calendars: frozenset[int]) -> list[Resource]:
    """Every resource but the nameless one that stands for “nobody”."""
    resources = []
    for row in source.root.inside("Resources", "Resource"):
        uid = row.integer("UID")
        if row.flag("IsNull") or (uid == 0 and not row.text("Name")):
            continue
        source.lines["resource", uid] = row.place
        resources.append(_resource(row, uid, calendars))
        source.tally.note(row, _understood(row))
    return resources


def _resource(row: Row, uid: int, calendars: frozenset[int]) -> Resource:
    kind = ResourceKind.COST if row.flag("IsCostResource") else row.choice("Type", _KINDS, _WORK)
    return Resource(
        uid=uid,
        name=row.text("Name") or f"Resource {uid}",
        calendar=calendar_of(row, calendars),
        kind=kind,
        units=round(row.number("MaxUnits", 1.0) * 100),
        email=row.text("EmailAddress"),
        role=row.text("Group"),
        **costs_of_resource(row, kind),
    )


def calendar_of(row: Row, calendars: frozenset[int]) -> int | None:
    """The calendar that a task or resource names. -1 names none, nor does 0 where no calendar has that number."""
    uid = row.integer("CalendarUID", -1)
    return uid if uid > 0 or uid in calendars else None


def _understood(row: Row) -> set[str]:
    """The fields that are read, and those that say nothing that the others do not."""
    found = set(_READ)
    if row.text("Name").startswith(row.text("Initials")):
        found.add("Initials")
    if not has_other_rates(row):
        found.add("Rates")
    if not _varies(row):
        found |= {"AvailabilityPeriods", "AvailableFrom", "AvailableTo"}
    return found


def _varies(row: Row) -> bool:
    """Whether the resource is there at some times only, or with changing units. 1984 and 2049 are the format's ends
    of time."""
    periods = row.inside("AvailabilityPeriods", "AvailabilityPeriod")
    bounds = [row, *periods]
    begins = any(each.text("AvailableFrom")[:4] not in ("", "NA", "1984") for each in bounds)
    ends = any(each.text("AvailableTo")[:4] not in ("", "NA", "2049") for each in bounds)
    return begins or ends or len(periods) > 1
