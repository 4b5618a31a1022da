"""What a file holds that the plan does not: found by elimination, so that nothing is dropped in silence."""

import re
from collections import Counter
from collections.abc import Iterable

from triptych.formats.report import Unmapped

from .rows import Row

#: Fields that carry no input of a person: they are computed, name a row by another number, or say how Microsoft
#: Project shows, types and saves things or talks to its server.
_WITHOUT_MEANING = frozenset(
    """ACWP BCWP BCWS CV SV VAC GUID ID CreateDate CreationDate OutlineLevel WBSLevel OutlineNumber Start Finish EarlyStart
    EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance CostVariance FreeSlack TotalSlack
    StartSlack FinishSlack Critical Summary OverAllocated Overallocated PercentWorkComplete ActualDuration
    RemainingWork Cost ActualCost ActualWork RemainingCost RegularWork ActualOvertimeWork ActualOvertimeCost RemainingOvertimeWork
    RemainingOvertimeCost ActualWorkProtected ActualOvertimeWorkProtected SummaryProgress PreLeveledStart
    PreLeveledFinish PeakUnits Rollup HideBar DisplayAsSummary Milestone DurationFormat LevelingDelayFormat Stop
    ResumeValid Recurring IsNull IsSubproject IsSubprojectReadOnly ManualStart ManualFinish ManualDuration StartText
    FinishText DurationText CrossProject LagFormat WorkGroup IsEnterprise StandardRateFormat OvertimeRateFormat
    FixedMaterial DefaultStandardRate DefaultOvertimeRate IsPublished CommitmentType CommitmentStart CommitmentFinish AssnOwner
    AssnOwnerGuid ActiveDirectoryGUID RateScale LinkedFields Confirmed ResponsePending UpdateNeeded
    BuildNumber LastSaved Revision CurrentDate ExtendedCreationDate UID FYStartDate FiscalYearStart WeekStartDay
    WorkFormat CurrencyDigits CurrencySymbolPosition DefaultStartTime DefaultFinishTime
    DefaultFixedCostAccrual DefaultTaskEVMethod NewTasksEffortDriven NewTasksEstimated NewTaskStartDate
    NewTasksAreManual Autolink AutoAddNewResourcesAndTasks EditableActualCosts SpreadActualCost SpreadPercentComplete
    TaskUpdatesResource InsertedProjectsLikeSummary ProjectExternallyEdited ActualsInSync RemoveFileProperties
    AdminProject MicrosoftProjectServerURL BaselineForEarnedValue BaselineCalendar VBAProjects DataLinks
    KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled
    UpdateManuallyScheduledTasksWhenEditingLinks""".split()  # noqa: SIM905 - a list of words reads best as words
)

_RATES = "work is paid by table A; what an assignment costs by another is taken as stated"
_BUDGETS = "budgets are not imported yet"
_OF_PROJECT = "Microsoft Project's own ways to show a plan stay there"
_DOCUMENT = ("Document properties", "a plan has a name")
_OPTIONS = ("Options for progress", "what remains moves as the rules of the project say")
_LEVELLING = ("Levelling options", "levelling options are not imported yet")
_CUSTOM = ("Custom fields", "custom fields are not imported yet")
_ENTERPRISE_FIELD = re.compile("[bcf][0-9a-f]{6}")
_WHY = {
    "Baseline": ("Baselines of people and their work", "baselines are kept by task"),
    "ExtendedAttribute": _CUSTOM,
    "ExtendedAttributes": ("Definitions of custom fields", "custom fields are not imported yet"),
    "OutlineCode": ("Outline codes", "outline codes are not imported yet"),
    "OutlineCodes": ("Definitions of outline codes", "outline codes are not imported yet"),
    "WBSMasks": ("Masks of WBS codes", "WBS codes are imported as they are"),
    "Notes": ("Notes", "notes are not imported yet"),
    "TimephasedData": ("Time-phased data", "progress is that of the task"),
    "WorkContour": ("Work contours", "work is spread evenly"),
    "OvertimeWork": ("Overtime", "all work is done in working hours"),
    "OvertimeCost": ("Overtime", "all work is done in working hours"),
    "OvertimeRate": ("Overtime rates", "all work is done in working hours"),
    "Rates": ("Further cost rate tables", _RATES),
    "CostRateTable": ("Further cost rate tables", _RATES),
    "CostCenter": ("Cost centres", "cost centres are not imported yet"),
    "BudgetCost": ("Budgets", _BUDGETS),
    "BudgetWork": ("Budgets", _BUDGETS),
    "IsBudget": ("Budget resources", _BUDGETS),
    "FixedCost": ("Fixed costs of baselines", "they are part of the baseline's cost"),
    "Interim": ("Interim plans", "they are no baselines"),
    "EarnedValueMethod": ("Earned value method", "earned value is not computed yet"),
    "AvailabilityPeriods": ("Availability periods", "a resource has one capacity"),
    "AvailableFrom": ("Availability periods", "a resource has one capacity"),
    "AvailableTo": ("Availability periods", "a resource has one capacity"),
    "Estimated": ("Estimated durations", "a duration is not marked as an estimate"),
    "Delay": ("Assignment delays", "people start with their task"),
    "LevelingDelay": ("Levelling delays of assignments", "people start with their task"),
    "HasFixedRateUnits": ("Material used by time", "a material has one quantity"),
    "MaterialLabel": ("Material labels", "materials have no unit yet"),
    "Code": ("Resource codes", "resources have no code yet"),
    "Initials": ("Resource initials", "resources have their names only"),
    "IsGeneric": ("Generic resources", "they are imported like any other"),
    "IsInactive": ("Inactive resources", "they are imported like any other"),
    "BookingType": ("Proposed bookings", "they are imported like any other"),
    "Phonetics": ("Phonetic names", "resources have their names only"),
    "NTAccount": ("Accounts", "people sign in to Triptych by their own name"),
    "WindowsUserAccount": ("Accounts", "people sign in to Triptych by their own name"),
    "StatusManager": ("Status managers", "whoever may edit a project reports its progress"),
    "Contact": ("Contacts", "contacts are not imported yet"),
    "SubprojectName": ("Inserted projects", "import each project by itself"),
    "ExternalTaskProject": ("Tasks of other projects", "they keep their saved dates"),
    "Hyperlink": ("Hyperlinks", "hyperlinks are not imported yet"),
    "HyperlinkAddress": ("Hyperlinks", "hyperlinks are not imported yet"),
    "HyperlinkSubAddress": ("Hyperlinks", "hyperlinks are not imported yet"),
    "LevelAssignments": _LEVELLING,
    "LevelingCanSplit": _LEVELLING,
    "CanLevel": _LEVELLING,
    "SplitsInProgressTasks": _OPTIONS,
    "MoveCompletedEndsBack": _OPTIONS,
    "MoveCompletedEndsForward": _OPTIONS,
    "MoveRemainingStartsBack": _OPTIONS,
    "MoveRemainingStartsForward": _OPTIONS,
    "Author": _DOCUMENT,
    "Category": _DOCUMENT,
    "Comments": _DOCUMENT,
    "Company": _DOCUMENT,
    "Keywords": _DOCUMENT,
    "Manager": _DOCUMENT,
    "Subject": _DOCUMENT,
    "Views": ("Views", _OF_PROJECT),
    "Filters": ("Filters", _OF_PROJECT),
    "Groups": ("Groups", _OF_PROJECT),
    "Tables": ("Tables", _OF_PROJECT),
    "Maps": ("Maps", _OF_PROJECT),
    "Reports": ("Reports", _OF_PROJECT),
    "Drawings": ("Drawings", _OF_PROJECT),
}
_EMPTY = frozenset({"", "0", "0.0", "0.00", "-1", "PT0H0M0S", "NA", "false"})
#: What a field holds that says nothing, where that is not emptiness.
_USUAL = dict.fromkeys(
    ("LevelAssignments", "LevelingCanSplit", "CanLevel", "HasFixedRateUnits", "SplitsInProgressTasks"),
    frozenset({"", "1", "true"}),
)


class Tally:
    """Counts the fields that no one read, and what was read otherwise than it was meant."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def note(self, row: Row, understood: Iterable[str]) -> None:
        """Count the row's fields that are neither understood nor without meaning nor as usual."""
        known = _WITHOUT_MEANING.union(understood)
        for name, value in row.fields.items():
            if name not in known and value not in _USUAL.get(name, _EMPTY):
                self.count(*_words(row, name))
        for name, nested in row.nested.items():
            if name not in known:
                members = len(nested[0]) if name.endswith("s") and len(nested) == 1 else len(nested)
                self.count(*_words(row, name), members)

    def count(self, what: str, why: str, times: int = 1) -> None:
        """Count something by the words that people are told."""
        self.counts[what, why] += times

    def result(self) -> tuple[Unmapped, ...]:
        """What was left, the most frequent first."""
        return tuple(Unmapped(what, count, why) for (what, why), count in self.counts.most_common())


def _words(row: Row, name: str) -> tuple[str, str]:
    if _ENTERPRISE_FIELD.fullmatch(name):
        return _CUSTOM
    return _WHY.get(name, (f"{row.word}: {name}", "this field has no place in the plan yet"))
