"""Resources and assignments of Primavera P6: the tables RSRC, RSRCRATE, ROLES, RSRCROLE and
TASKRSRC."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from triptych.plan import Assignment, Resource, ResourceKind

from .money import costs_of_assignment, is_priced, prices, unless_by_rate
from .rows import Row
from .tables import Tables

#: Labour and equipment work by their calendars; material is used up.
_KINDS = {"rt_labor": ResourceKind.WORK, "rt_equip": ResourceKind.WORK, "rt_mat": ResourceKind.MATERIAL}
#: More units than this are a typing error, and would not fit the plan's columns.
_MOST_UNITS = 1e7
_MOST_SUM = 2_000_000_000


def read_resources(tables: Tables) -> list[Resource]:
    """Every resource of the file. Its units are the most it can give, as its newest rate says."""
    roles = {row.key("role_id"): row.text("role_name") for row in tables["ROLES"]}
    limits, rates = _limits(tables["RSRCRATE"]), prices(tables["RSRCRATE"])
    skills = _skills(tables["RSRCROLE"], roles)
    found = [each for row in tables["RSRC"] if (each := _resource(row, roles, limits)) is not None]
    return [_skilled(replace(each, rate=rates.get(each.uid, 0)), skills.get(each.uid, [])) for each in found]


def _skills(rows: list[Row], roles: dict[int | None, str]) -> dict[int, list[str]]:
    """All roles of each resource, in the order of the file; the names beside the numbers say the same again."""
    found: dict[int, list[str]] = {}
    for row in rows:
        resource, role, name = row.key("rsrc_id"), row.key("role_id"), row.text("role_name")
        for repeated in ("rsrc_name", "rsrc_short_name", "rsrc_role_id"):
            row.raw(repeated)
        name = roles.get(role) or name
        if resource is None or not name:
            row.report("xer.dangling-role", "Its resource or its role is not in the file; it is left out.")
        elif name not in found.setdefault(resource, []):
            found[resource].append(name)
    return found


def _skilled(resource: Resource, names: list[str]) -> Resource:
    """The resource with what it can do besides its role; without one of its own, the first of them is its role."""
    role = resource.role or next(iter(names), "")
    return replace(resource, role=role, skills=tuple(each for each in names if each != role))


def _resource(row: Row, roles: dict[int | None, str], limits: dict[int, float]) -> Resource | None:
    uid = row.key("rsrc_id")
    if uid is None:
        row.report("xer.no-number", "The resource has no rsrc_id and is left out.")
        return None
    role = row.key("role_id")
    return Resource(
        uid=uid,
        name=row.text("rsrc_name") or row.text("rsrc_short_name") or f"Resource {uid}",
        calendar=row.key("clndr_id"),
        kind=row.choice("rsrc_type", _KINDS, ResourceKind.WORK),
        units=round(limits.get(uid, 1.0) * 100),
        email=row.text("email_addr"),
        role=(roles.get(role, "") if role is not None else "") or row.text("rsrc_title_name"),
    )


def _limits(rates: list[Row]) -> dict[int, float]:
    """The most units an hour of each resource, by the rate with the latest start."""
    latest: dict[int, tuple[int, float]] = {}
    for row in rates:
        uid, most = row.key("rsrc_id"), row.number("max_qty_per_hr", within=(0, _MOST_UNITS))
        if uid is None or most is None:
            continue
        since = row.at("start_date") or 0
        if uid not in latest or since >= latest[uid][0]:
            latest[uid] = since, most
    return {uid: most for uid, (_, most) in latest.items()}


def read_assignments(rows: list[Row], resources: list[Resource], tasks: Collection[int]) -> list[Assignment]:
    """The assignments of `resources` to `tasks`; those of the same one to the same task are added up.

    Roles without a resource are left to the tally of what is not read.
    """
    known = {each.uid: each for each in resources}
    priced = is_priced(rows)
    found: dict[tuple[int, int], Assignment] = {}
    for row, task, resource in _pairs(rows, known, tasks):
        plain = _assignment(row, task, resource, known[resource].kind)
        one = replace(plain, **costs_of_assignment(row, priced=priced))
        before = found.get((task, resource))
        found[task, resource] = one if before is None else _sum(before, one)
    return [unless_by_rate(each, known[each.resource]) for each in found.values()]


def _pairs(
    rows: list[Row], resources: Collection[int], tasks: Collection[int]
) -> Iterator[tuple[Row, int, int]]:
    for row in rows:
        task, resource = row.key("task_id"), row.key("rsrc_id")
        if resource is None:
            continue
        if task not in tasks or resource not in resources:
            row.report(
                "xer.dangling-assignment",
                "Its activity or its resource is not in the file; the assignment is left out. Export with resources.",
            )
        elif task is not None:
            yield row, task, resource


def _assignment(row: Row, task: int, resource: int, kind: ResourceKind) -> Assignment:
    """Work in minutes and units a hundred times the hourly quantity; of material, the units are the amount."""
    if kind is ResourceKind.MATERIAL:
        amount = row.number("target_qty", within=(0, _MOST_UNITS))
        return Assignment(task, resource, round((amount or 0) * 100))
    hourly = row.number("target_qty_per_hr", within=(0, _MOST_UNITS))
    units = 100 if hourly is None else round(hourly * 100)
    hours = row.number("target_qty", within=(0, _MOST_UNITS))
    return Assignment(task, resource, units, None if hours is None else round(hours * 60))


def _sum(one: Assignment, other: Assignment) -> Assignment:
    def total(name: str) -> int | None:
        stated = [value for each in (one, other) if (value := getattr(each, name)) is not None]
        return sum(stated) if stated else None

    return replace(
        one,
        units=min(one.units + other.units, _MOST_SUM),
        work=total("work"),
        actual_work=total("actual_work"),
        cost=total("cost"),
        actual_cost=total("actual_cost"),
    )
