"""Names in the sample's files that lead nowhere."""

from collections.abc import Iterator

from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error

from .content import Content, ProductText, Program, ProjectFile


def dangling(content: Content) -> Iterator[Diagnostic]:
    """What one file calls by a name that no file gives: people, calendars, tasks, levels of the tree."""
    known = {(each.key, row.name) for each in content.projects for row in each.outline.rows}
    levels = {
        content.name,
        *(each.name for each in content.programs),
        *(each.name for each in content.projects),
    }
    for place, key in _named_people(content):
        if key not in content.people:
            yield error("content.unknown-person", f"There is nobody “{key}”.", place)
    for place, calendar in _named_calendars(content):
        if calendar not in content.calendars:
            yield error("content.unknown-calendar", f"There is no calendar “{calendar}”.", place)
    for place, end in _named_tasks(content):
        if end not in known:
            yield error("content.unknown-task", f"There is no “{end[0]}: {end[1]}”.", place)
    for place, name in _named_levels(content):
        if name not in levels:
            yield error("content.unknown-level", f"There is no program or project “{name}”.", place)


def _named_people(content: Content) -> Iterator[tuple[str, str]]:
    yield "company.toml", content.administrator
    managed: list[Program | ProjectFile | ProductText] = [
        *content.programs,
        *content.projects,
        *content.products,
    ]
    for each in managed:
        yield f"company.toml, “{each.name}”", each.manager
    for grant in content.grants:
        yield f"company.toml, grant on “{grant.on}”", grant.who
    for project in content.projects:
        for at, row in enumerate(project.outline.rows):
            for key, _ in row.people:
                yield project.outline.place(at), key
    for line in content.every_line:
        yield from ((line.place, key) for key in line.people)


def _named_calendars(content: Content) -> Iterator[tuple[str, str]]:
    for person in content.people.values():
        yield f"people.toml, “{person.key}”", person.calendar
    for project in content.projects:
        for at, row in enumerate(project.outline.rows):
            if row.calendar is not None:
                yield project.outline.place(at), row.calendar


def _named_tasks(content: Content) -> Iterator[tuple[str, tuple[str, str]]]:
    for crossing in content.crossings:
        place = f"company.toml, link “{crossing.to}: {crossing.succ}”"
        yield place, (crossing.to, crossing.succ)
        yield place, (crossing.pred, crossing.wait.name)
    for product in content.products:
        for feature in product.features:
            if feature.by is not None:
                yield f"company.toml, feature “{feature.name}”", feature.by
    for place, text in _places(content):
        plan, colon, task = text.partition(": ")
        if colon:
            yield place, (plan, task)


def _named_levels(content: Content) -> Iterator[tuple[str, str]]:
    for product in content.products:
        yield f"company.toml, product “{product.name}”", product.home
    for grant in content.grants:
        yield f"company.toml, grant to “{grant.who}”", grant.on
    yield from ((place, text) for place, text in _places(content) if ": " not in text)


def _places(content: Content) -> Iterator[tuple[str, str]]:
    """What the lines of the record name: a level of the tree, or a task as `heron: Sea trials`."""
    for line in content.every_line:
        yield from ((line.place, text) for text in line.places)
