"""What a file holds that the plan does not: found by elimination, so that nothing is dropped in silence."""

from collections import Counter
from collections.abc import Iterable

from triptych.formats.report import Unmapped

from .rows import Row

#: Fields that carry no input of a person: they are computed, or say how Microsoft Project shows or saves things.
_WITHOUT_MEANING = frozenset(
    """ACWP BCWP BCWS CV GUID ID CreateDate CreationDate OutlineNumber Start Finish EarlyStart EarlyFinish LateStart
    LateFinish StartVariance FinishVariance WorkVariance CostVariance FreeSlack TotalSlack StartSlack FinishSlack
    Critical Summary OverAllocated PercentWorkComplete ActualDuration ActualWork ActualCost RemainingWork
    RemainingCost RegularWork Rollup HideBar DurationFormat ResumeValid Stop Recurring Estimated IsNull IsSubproject
    IsSubprojectReadOnly LevelingDelayFormat WorkGroup BookingType CanLevel Initials IsGeneric IsEnterprise IsInactive
    IsBudget PeakUnits StandardRateFormat OvertimeRateFormat AccrueAt HasFixedRateUnits FixedMaterial
    LevelAssignments LevelingCanSplit EarnedValueMethod FixedCostAccrual ExternalTaskProject DisplayAsSummary
    IsPublished StatusManager CommitmentType OvertimeCost OvertimeWork ActualOvertimeWork ActualOvertimeCost
    RemainingOvertimeWork RemainingOvertimeCost SV PreLeveledStart PreLeveledFinish AssnOwner AssnOwnerGuid
    ActiveDirectoryGUID CommitmentStart CommitmentFinish SummaryProgress ManualStart ManualFinish ManualDuration
    OutlineLevel Milestone CrossProject LagFormat""".split()  # noqa: SIM905 - a list of words reads best as words
)

_WHY = {
    "Baseline": ("Baselines", "baselines are not imported yet"),
    "ExtendedAttribute": ("Custom fields", "custom fields are not imported yet"),
    "OutlineCode": ("Outline codes", "outline codes are not imported yet"),
    "Notes": ("Notes", "notes are not imported yet"),
    "TimephasedData": ("Time-phased work", "split tasks and contours are scheduled as one piece"),
    "WorkContour": ("Work contours", "work is spread evenly"),
    "Type": ("Task types", "tasks are scheduled by duration, not by work"),
    "EffortDriven": ("Effort-driven tasks", "tasks are scheduled by duration, not by work"),
    "Cost": ("Costs", "money is not imported yet"),
    "FixedCost": ("Fixed costs", "money is not imported yet"),
    "StandardRate": ("Rates", "money is not imported yet"),
    "OvertimeRate": ("Rates", "money is not imported yet"),
    "CostPerUse": ("Costs per use", "money is not imported yet"),
    "Rates": ("Rates", "money is not imported yet"),
    "AvailabilityPeriods": ("Availability periods", "a resource has one capacity"),
    "AvailableFrom": ("Availability periods", "a resource has one capacity"),
    "PhysicalPercentComplete": ("Physical % complete", "progress is percent complete"),
    "Delay": ("Assignment delays", "people start with their task"),
    "LevelingDelay": ("Levelling delays of assignments", "people start with their task"),
    "WorkWeeks": ("Work weeks", "calendars have one week and exceptions"),
    "Group": ("Resource groups", "groups are not imported yet"),
    "MaterialLabel": ("Material labels", "materials have no unit yet"),
    "SubprojectName": ("Inserted projects", "import each project by itself"),
    "HyperlinkAddress": ("Hyperlinks", "hyperlinks are not imported yet"),
}
_EMPTY = frozenset({"", "0", "0.0", "-1", "PT0H0M0S"})


class Tally:
    """Counts the fields that no one read."""

    def __init__(self) -> None:
        self.count: Counter[tuple[str, str]] = Counter()

    def note(self, row: Row, understood: Iterable[str]) -> None:
        """Count the row's fields that are neither understood nor without meaning nor empty."""
        known = _WITHOUT_MEANING.union(understood)
        for name, value in row.fields.items():
            if name not in known and value not in _EMPTY:
                self._add(row, name)
        for name, nested in row.nested.items():
            if name not in known:
                self._add(row, name, len(nested))

    def _add(self, row: Row, name: str, count: int = 1) -> None:
        what, why = _WHY.get(name, (f"{row.word}: {name}", "this field has no place in the plan yet"))
        self.count[what, why] += count

    def result(self) -> tuple[Unmapped, ...]:
        """What was left, the most frequent first."""
        return tuple(Unmapped(what, count, why) for (what, why), count in self.count.most_common())
