"""What a file holds and a plan does not: told in words, by elimination, from every table of the file."""

import pytest

from tests.formats.mspdi import assignment, calendar, link, project, resource, task
from triptych.formats import read_plan

NO_PLACE = "this field has no place in the plan yet"

#: The elements of the schema that hold text, by their parent.
SCHEMA = {
    "Project": """SaveVersion UID Name Title Subject Category Company Manager Author CreationDate Revision LastSaved
    ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode
    CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth
    DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat WorkFormat
    EditableActualCosts HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary MultipleCriticalPaths
    NewTasksEffortDriven NewTasksEstimated SplitsInProgressTasks SpreadActualCost SpreadPercentComplete
    TaskUpdatesResource FiscalYearStart WeekStartDay MoveCompletedEndsBack MoveRemainingStartsBack
    MoveRemainingStartsForward MoveCompletedEndsForward BaselineForEarnedValue AutoAddNewResourcesAndTasks StatusDate
    CurrentDate MicrosoftProjectServerURL Autolink NewTaskStartDate DefaultTaskEVMethod ProjectExternallyEdited
    ExtendedCreationDate ActualsInSync RemoveFileProperties AdminProject""",
    "Task": """UID ID Name Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority Start Finish
    Duration DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated Estimated Milestone
    Summary Critical IsSubproject IsSubprojectReadOnly SubprojectName ExternalTask ExternalTaskProject EarlyStart
    EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance FreeSlack TotalSlack FixedCost
    FixedCostAccrual PercentComplete PercentWorkComplete Cost OvertimeCost OvertimeWork ActualStart ActualFinish
    ActualDuration ActualCost ActualOvertimeCost ActualWork ActualOvertimeWork RegularWork RemainingDuration
    RemainingCost RemainingWork RemainingOvertimeCost RemainingOvertimeWork ACWP CV ConstraintType CalendarUID
    ConstraintDate Deadline LevelAssignments LevelingCanSplit LevelingDelay LevelingDelayFormat PreLeveledStart
    PreLeveledFinish Hyperlink HyperlinkAddress HyperlinkSubAddress IgnoreResourceCalendar Notes HideBar Rollup BCWS
    BCWP PhysicalPercentComplete EarnedValueMethod ActualWorkProtected ActualOvertimeWorkProtected IsPublished
    StatusManager CommitmentStart CommitmentFinish CommitmentType b408000 b617fff Active Manual ManualStart
    ManualFinish ManualDuration StartText FinishText DurationText FreeformDurationFormat DisplayAsSummary""",
    "Resource": """UID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group WorkGroup EmailAddress
    Hyperlink HyperlinkAddress HyperlinkSubAddress MaxUnits PeakUnits OverAllocated AvailableFrom AvailableTo Start
    Finish CanLevel AccrueAt Work RegularWork OvertimeWork ActualWork RemainingWork ActualOvertimeWork
    RemainingOvertimeWork PercentWorkComplete StandardRate StandardRateFormat Cost OvertimeRate OvertimeRateFormat
    OvertimeCost CostPerUse ActualCost ActualOvertimeCost RemainingCost RemainingOvertimeCost WorkVariance
    CostVariance SV CV ACWP CalendarUID Notes BCWS BCWP IsGeneric IsInactive IsEnterprise BookingType
    ActualWorkProtected ActualOvertimeWorkProtected ActiveDirectoryGUID CreationDate IsCostResource AssnOwner
    AssnOwnerGuid IsBudget c408000""",
    "Assignment": """UID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish ActualOvertimeCost
    ActualOvertimeWork ActualStart ActualWork ACWP Confirmed Cost CostRateTable CostVariance CV Delay Finish
    FinishVariance Hyperlink HyperlinkAddress HyperlinkSubAddress WorkVariance HasFixedRateUnits FixedMaterial
    LevelingDelay LevelingDelayFormat LinkedFields Milestone Notes Overallocated OvertimeCost OvertimeWork RegularWork
    RemainingCost RemainingOvertimeCost RemainingOvertimeWork RemainingWork ResponsePending Start Stop Resume
    StartVariance Units UpdateNeeded VAC Work WorkContour BCWS BCWP BookingType ActualWorkProtected
    ActualOvertimeWorkProtected CreationDate AssnOwner AssnOwnerGuid BudgetCost BudgetWork RateScale PeakUnits
    f408000""",
    "PredecessorLink": "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat",
    "Calendar": "UID Name IsBaseCalendar IsBaselineCalendar BaseCalendarUID",
}


def left(text: str) -> dict[str, tuple[int, str]]:
    """What is left over of a file: how often, and why."""
    return {each.what: (each.count, each.why) for each in read_plan(text.encode()).unmapped}


def file_with(parent: str, more: str) -> str:
    """A file in which one element of that kind holds more."""
    if parent == "Project":
        return project(task(1), head=more)
    return project(
        task(1, more=more if parent == "Task" else "")
        + task(
            2, more=link(1).replace("<Type>", f"{more}<Type>") if parent == "PredecessorLink" else link(1)
        ),
        calendars=calendar(2).replace("<WeekDays>", f"{more}<WeekDays>") if parent == "Calendar" else "",
        resources=resource(1, more=more if parent == "Resource" else ""),
        assignments=assignment(1, 1, more if parent == "Assignment" else ""),
    )


@pytest.mark.parametrize("parent", SCHEMA)
def test_every_element_of_the_schema_is_read_or_told_in_words_or_says_nothing(parent: str) -> None:
    more = "".join(f"<{name}>7</{name}>" for name in SCHEMA[parent].split() if name != "IsNull")
    found = left(file_with(parent, more))
    assert [what for what, (_, why) in found.items() if why == NO_PLACE] == []
    assert all(not what.startswith(f"{parent}:") for what in found)


@pytest.mark.parametrize("parent", SCHEMA)
def test_an_element_of_another_schema_is_named_with_its_table(parent: str) -> None:
    found = left(file_with(parent, "<Carpet>flying</Carpet><Lamp><Genie>1</Genie></Lamp><Sand>0</Sand>"))
    assert found == {f"{parent}: Carpet": (1, NO_PLACE), f"{parent}: Lamp": (1, NO_PLACE)}


@pytest.mark.parametrize(
    ("parent", "more", "what"),
    [
        ("Project", "<Author>Ida</Author>", "Document properties"),
        ("Project", "<MoveCompletedEndsBack>1</MoveCompletedEndsBack>", "Options for progress"),
        ("Project", "<Views><View><Name>Mine</Name></View></Views>", "Views"),
        ("Task", "<Estimated>1</Estimated>", "Estimated durations"),
        ("Task", "<LevelingCanSplit>0</LevelingCanSplit>", "Levelling options"),
        ("Task", "<OvertimeWork>PT4H0M0S</OvertimeWork>", "Overtime"),
        ("Task", "<b408000>x</b408000>", "Custom fields"),
        ("Resource", "<Code>10</Code>", "Resource codes"),
        ("Resource", "<IsGeneric>1</IsGeneric>", "Generic resources"),
        ("Resource", "<Initials>XY</Initials>", "Resource initials"),
        ("Resource", "<CanLevel>0</CanLevel>", "Levelling options"),
        ("Assignment", "<Delay>4800</Delay>", "Assignment delays"),
        ("Assignment", "<LevelingDelay>4800</LevelingDelay>", "Levelling delays of assignments"),
        ("Assignment", "<WorkContour>7</WorkContour>", "Work contours"),
        ("Assignment", "<CostRateTable>1</CostRateTable>", "Further cost rate tables"),
        ("Assignment", "<BudgetCost>500</BudgetCost>", "Budgets"),
        ("Resource", "<OvertimeRate>90</OvertimeRate>", "Overtime rates"),
        ("Resource", "<CostCenter>4711</CostCenter>", "Cost centres"),
    ],
)
def test_words(parent: str, more: str, what: str) -> None:
    assert list(left(file_with(parent, more))) == [what]


@pytest.mark.parametrize(
    ("parent", "more"),
    [
        (
            "Project",
            "<SplitsInProgressTasks>1</SplitsInProgressTasks><WBSMasks/><EarnedValueMethod>0</EarnedValueMethod>",
        ),
        (
            "Task",
            "<LevelAssignments>1</LevelAssignments><Estimated>0</Estimated><Notes></Notes><Cost>0</Cost>",
        ),
        ("Resource", "<Initials>A</Initials><CanLevel>1</CanLevel><Code/><Group>Masons</Group>"),
        (
            "Assignment",
            "<WorkContour>0</WorkContour><Delay>0</Delay><HasFixedRateUnits>1</HasFixedRateUnits>",
        ),
    ],
)
def test_what_is_as_usual_is_not_told(parent: str, more: str) -> None:
    assert left(file_with(parent, more)) == {}


def availability(*periods: tuple[str, str]) -> str:
    rows = "".join(
        f"<AvailabilityPeriod><AvailableFrom>{start}</AvailableFrom><AvailableTo>{end}</AvailableTo>"
        "<AvailableUnits>1</AvailableUnits></AvailabilityPeriod>"
        for start, end in periods
    )
    return f"<AvailabilityPeriods>{rows}</AvailabilityPeriods>"


ALWAYS = ("1984-01-01T00:00:00", "2049-12-31T23:59:00")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (availability(ALWAYS), False),
        (availability(("NA", "NA")), False),
        (availability(("2026-01-01T00:00:00", ALWAYS[1])), True),
        (availability(ALWAYS, ALWAYS), True),
        ("<AvailableTo>2026-12-31T00:00:00</AvailableTo>", True),
    ],
)
def test_a_resource_that_is_always_there_is_not_told(more: str, told: bool) -> None:
    assert ("Availability periods" in left(file_with("Resource", more))) is told


def test_rows_of_a_container_are_counted() -> None:
    codes = "<OutlineCodes><OutlineCode><Guid>1</Guid></OutlineCode><OutlineCode><Guid>2</Guid></OutlineCode></OutlineCodes>"
    assert left(project(task(1), head=codes))["Definitions of outline codes"][0] == 2
