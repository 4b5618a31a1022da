"""The work breakdown of Primavera P6, the table PROJWBS, as the summary tasks above the activities."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from triptych.plan import Task

from .rows import Row

#: More levels than P6 allows.
_DEEPEST = 64


@dataclass(slots=True)
class Branch:
    """One node of the work breakdown; `uid` is its number among the plan's tasks."""

    row: Row
    number: int
    project: int
    above: int | None
    order: float
    uid: int = -1


@dataclass(slots=True)
class Breakdown:
    """The work breakdown of a file: its branches by wbs_id, and the topmost of each project."""

    branches: dict[int, Branch] = field(default_factory=dict)
    root: dict[int, int] = field(default_factory=dict)
    separators: dict[int, str] = field(default_factory=dict)

    def home(self, row: Row, project: int) -> int | None:
        """The branch that an activity of `project` stands in; one that is not there is reported."""
        number = row.key("wbs_id")
        branch = self.branches.get(number) if number is not None else None
        if branch is not None and branch.project == project:
            return branch.number
        if self.branches:
            row.report(
                "xer.unknown-wbs",
                "Its WBS element is not in the file; the activity stands at the top of its project. Export the "
                "whole project.",
            )
        return self.root.get(project)

    def used(self, homes: Iterable[int | None]) -> set[int]:
        """The branches that hold an activity, in themselves or further down."""
        found: set[int] = set()
        for home in homes:
            number = home
            while number is not None and number not in found:
                found.add(number)
                number = self.branches[number].above
        return found

    def summaries(self, used: Collection[int], projects: Collection[int]) -> Iterator[Task]:
        """The summary tasks of the branches `used`, siblings in the order of the work breakdown."""
        rank = {uid: at for at, uid in enumerate(projects)}
        kept = [each for each in self.branches.values() if each.number in used]
        for branch in sorted(kept, key=lambda each: (rank[each.project], each.order, each.number)):
            above = None if branch.above is None else self.branches[branch.above].uid
            yield Task(
                uid=branch.uid,
                name=self.name_of(branch),
                parent=above,
                project=branch.project,
                wbs=self._code(branch),
            )

    def name_of(self, branch: Branch) -> str:
        return branch.row.text("wbs_name") or branch.row.text("wbs_short_name") or f"WBS {branch.number}"

    def _code(self, branch: Branch) -> str:
        """The short names from the top down, joined as the project joins them; what is deeper, or in a circle, is
        cut."""
        parts: list[str] = []
        step: Branch | None = branch
        while step is not None and len(parts) < _DEEPEST:
            parts.append(step.row.text("wbs_short_name"))
            step = None if step.above is None else self.branches[step.above]
        return self.separators.get(branch.project, ".").join(reversed(parts))


def read_breakdown(rows: list[Row], separators: dict[int, str], taken: Collection[int]) -> Breakdown:
    """The work breakdown of the projects in `separators`, numbered beside `taken`, the numbers of the activities: a
    branch keeps its wbs_id where that is free."""
    found = Breakdown(separators=separators)
    for row in rows:
        branch = _branch(row, separators)
        if branch is None:
            continue
        if branch.number in found.branches:
            row.report(
                "xer.duplicate-wbs", f"WBS element {branch.number} stands twice; the second is left out."
            )
            continue
        found.branches[branch.number] = branch
    _find_roots(found)
    _find_parents(found)
    _number(found, set(taken))
    return found


def _branch(row: Row, projects: Collection[int]) -> Branch | None:
    number, project = row.key("wbs_id"), row.key("proj_id")
    if number is None:
        row.report("xer.no-number", "The WBS element has no wbs_id and is left out.")
        return None
    if project is None or project not in projects:
        row.report("xer.unknown-project", "Its project is not in the file; the WBS element is left out.")
        return None
    order = row.number("seq_num")
    return Branch(row, number, project, row.key("parent_wbs_id"), float("inf") if order is None else order)


def _find_roots(found: Breakdown) -> None:
    """The branch that P6 marks as the project's own; else the first without one above it."""
    for branch in found.branches.values():
        if branch.row.flag("proj_node_flag"):
            found.root.setdefault(branch.project, branch.number)
    for branch in found.branches.values():
        if branch.above not in found.branches:
            found.root.setdefault(branch.project, branch.number)


def _find_parents(found: Breakdown) -> None:
    """What stands above a project is not part of it, and an element whose own is missing goes to the top."""
    for branch in found.branches.values():
        root = found.root.get(branch.project)
        if branch.number == root:
            branch.above = None
        elif branch.above not in found.branches or found.branches[branch.above].project != branch.project:
            branch.row.report(
                "xer.unknown-wbs",
                "The WBS element above it is not in the file; it stands at the top of its project.",
            )
            branch.above = root


def _number(found: Breakdown, taken: set[int]) -> None:
    free = 1 + max(taken.union(found.branches), default=0)
    for number, branch in found.branches.items():
        branch.uid = number if number not in taken else free
        free += branch.uid == free
