"""Instances from their files' texts: PSPLIB (.sm), Patterson (.rcp, which RG300 is in) and MPLIB (.rcmp, .txt)."""

from collections.abc import Iterator
from itertools import islice

from .instance import Instance


class NotRead(ValueError):
    """A text that is not of the form its name says; the message names the file."""


def read_psplib(name: str, text: str) -> Instance:
    """A project of PSPLIB (Kolisch & Sprecher 1996), single mode: sections between lines of asterisks.

    Raises NotRead.
    """
    sections = _sections(text)
    try:
        capacities = _numbers(sections["RESOURCEAVAILABILITIES"][1])
        release = _numbers(sections["PROJECT INFORMATION"][1])[2]
        links = [_numbers(line) for line in sections["PRECEDENCE RELATIONS"][1:]]
        needs = [_numbers(line) for line in sections["REQUESTS/DURATIONS"][1:]]
    except (KeyError, IndexError, ValueError) as fault:
        raise NotRead(f"{name} is no project of PSPLIB: {fault!r}") from fault
    if (
        not [row[:2] for row in links]
        == [row[:2] for row in needs]
        == [[each, 1] for each in range(1, len(needs) + 1)]
    ):
        raise NotRead(f"{name}: every activity has one mode, and one line of links and one of demands")
    if any(len(row) != 3 + row[2] for row in links) or any(len(row) != 3 + len(capacities) for row in needs):
        raise NotRead(f"{name}: a line holds more or fewer numbers than it says")
    return _checked(
        Instance(
            name,
            tuple(row[2] for row in needs),
            tuple(tuple(each - 1 for each in row[3:]) for row in links),
            tuple(tuple(row[3:]) for row in needs),
            tuple(capacities),
            (0,) * len(needs),
            (release,),
        )
    )


def _sections(text: str) -> dict[str, list[str]]:
    """The lines of each section below its title, dashes and blanks left out."""
    found: dict[str, list[str]] = {}
    for block in text.split("*" * 20):
        lines = [line.strip("*").rstrip() for line in block.splitlines()]
        lines = [line for line in lines if line.strip(" -")]
        if lines:
            found[lines[0].rstrip(" :")] = lines[1:]
    return found


def _numbers(line: str) -> list[int]:
    return [int(each) for each in line.split()]


def read_patterson(name: str, text: str) -> Instance:
    """A project in Patterson's format: counts, capacities, then for each activity its duration, demands and successors; lines
    break anywhere. Raises NotRead."""
    words = iter(text.split())
    try:
        activities, resources = _take(words, 2)
        capacities = tuple(_take(words, resources))
        rows = []
        for _ in range(activities):
            *needs, count = _take(words, resources + 2)
            rows.append((needs, _take(words, count)))
    except ValueError as fault:
        raise NotRead(f"{name} is no project in Patterson's format: {fault}") from fault
    _spent(name, words)
    return _checked(
        Instance(
            name,
            tuple(needs[0] for needs, _ in rows),
            tuple(tuple(each - 1 for each in successors) for _, successors in rows),
            tuple(tuple(needs[1:]) for needs, _ in rows),
            capacities,
            (0,) * activities,
        )
    )


def _take(words: Iterator[str], count: int) -> list[int]:
    """The next `count` numbers. Raises ValueError where there are fewer, or other words."""
    found = [int(each) for each in islice(words, count)]
    if len(found) < count:
        raise ValueError("it ends too soon")
    return found


def _spent(name: str, words: Iterator[str]) -> None:
    if next(words, None) is not None:
        raise NotRead(f"{name}: there is more after the last activity")


def read_mplib(name: str, text: str) -> Instance:
    """Projects of MPLIB that share resources (Van Eynde & Vanhoucke 2020).

    The numbers of projects and resources, the capacities; then of each project how many activities it has and its release, a
    flag a resource (whether it is used), and for each activity its duration, demands and successors as `project:activity`,
    both counted from 1. All resources are shared; the makespan of all projects together counts. Raises NotRead.
    """
    words = iter(text.split())
    try:
        projects, resources = _take(words, 2)
        capacities = tuple(_take(words, resources))
        rows = [_project(words, resources) for _ in range(projects)]
        keys = [
            f"{project}:{each}" for project, (_, own) in enumerate(rows, 1) for each in range(1, len(own) + 1)
        ]
        number = {key: activity for activity, key in enumerate(keys)}
        successors = [tuple(number[key] for key in named) for _, own in rows for _, named in own]
    except (KeyError, ValueError) as fault:
        raise NotRead(f"{name} is no file of MPLIB: {fault}") from fault
    _spent(name, words)
    needs = [each for _, own in rows for each, _ in own]
    return _checked(
        Instance(
            name,
            tuple(each[0] for each in needs),
            tuple(successors),
            tuple(tuple(each[1:]) for each in needs),
            capacities,
            tuple(project for project, (_, own) in enumerate(rows) for _ in own),
            tuple(release for release, _ in rows),
        )
    )


def _project(words: Iterator[str], resources: int) -> tuple[int, list[tuple[list[int], list[str]]]]:
    """The release, and of each activity the duration with the demands, and the successors as they are named."""
    count, release = _take(words, 2)
    _take(words, resources)  # which resources it uses: its demands say so too
    found = []
    for _ in range(count):
        *needs, successors = _take(words, resources + 2)
        found.append((needs, list(islice(words, successors))))
    return release, found


def _checked(instance: Instance) -> Instance:
    """The instance, if its links lead somewhere and its demands can be met. Raises NotRead."""
    successors = [succ for _, succ in instance.links]
    if successors and not 0 <= min(successors) <= max(successors) < len(instance):
        raise NotRead(f"{instance.name}: a successor is none of its {len(instance)} activities")
    for activity, demand in enumerate(instance.demands):
        if any(need > most for need, most in zip(demand, instance.capacities, strict=True)):
            raise NotRead(f"{instance.name}: activity {activity + 1} needs more than there is")
    try:
        _ = instance.order
    except ValueError as fault:
        raise NotRead(str(fault)) from fault
    return instance
