"""What a file holds that the plan does not: found by elimination, so that nothing is dropped in silence."""

from collections import Counter

from triptych.formats.report import Unmapped

from .rows import Heading
from .tables import Tables

#: Tables that P6 writes with every file, whatever is in the plan.
_OF_THE_APPLICATION = frozenset({"CURRTYPE", "FINTMPL", "UMEASURE", "MEMOTYPE", "COSTTYPE", "FINDATES"})
#: Columns that carry no input of a person: numbers of rows, computed values, defaults for new rows, how P6 shows
#: things.
_WITHOUT_MEANING = frozenset(
    """guid tmpl_guid create_date update_date create_user update_user last_checksum add_date add_by_name proj_id
    pred_proj_id obs_id pobs_id user_id ts_approve_user_id curr_id unit_id fintmpl_id matrix_id
    last_tasksum_date sum_data_date sum_refresh_date last_chng_date last_level_date last_schedule_date
    last_fin_dates_id new_fin_dates_id next_data_date apply_actuals_date last_baseline_update_date orig_proj_id
    source_proj_id fy_start_month_num chng_eff_cmp_pct_flag rsrc_self_add_flag allow_complete_flag
    rsrc_multi_assign_flag ts_rsrc_mark_act_finish_flag ts_rsrc_vw_inact_actv_flag checkout_flag project_flag
    step_complete_flag cost_qty_recalc_flag sum_only_flag batch_sum_flag task_code_base task_code_step task_code_prefix
    task_code_prefix_flag wbs_max_sum_level def_complete_pct_type def_cost_per_qty def_duration_type def_qty_type
    def_rate_type def_task_type add_act_remain_flag act_this_per_link_flag act_pct_link_flag def_rollup_dates_flag
    use_project_baseline_flag rem_target_link_flag reset_planned_flag allow_neg_act_flag sum_assign_level
    loaded_scope_level export_flag close_period_flag trsrcsum_loaded intg_proj_type scd_end_date hist_interval
    hist_level schedule_type control_updates_flag allow_status_review
    schedoptions_id sched_setplantoforecast sched_use_expect_end_flag enable_multiple_longest_path_calc
    limit_multiple_longest_path_calc max_multiple_longest_path use_total_float_multiple_longest_paths
    key_activity_for_multiple_longest_paths
    default_flag clndr_type year_hr_cnt rsrc_private
    sum_data_flag ev_etc_compute_type ev_user_pct ev_etc_user_value plan_open_state
    free_float_hr_cnt restart_date reend_date rem_late_start_date rem_late_end_date float_path float_path_order
    crt_path_num act_this_per_work_qty act_this_per_equip_qty target_work_qty target_equip_qty remain_work_qty
    remain_equip_qty rev_fdbk_flag lock_plan_flag auto_compute_act_flag review_end_date complete_pct_type
    phys_complete_pct task_pred_id aref arls
    taskrsrc_id target_qty target_qty_per_hr remain_qty remain_qty_per_hr rollup_dates_flag ts_pend_act_end_flag
    rate_type cost_qty_link_flag cost_per_qty_source_type has_rsrchours taskrsrc_sum_id skill_level pend_remain_qty
    pend_complete_pct relag_drtn_hr_cnt act_this_per_qty rsrc_type
    rsrc_seq_num active_flag def_cost_qty_link_flag ot_flag timesheet_flag xfer_complete_day_cnt xfer_notstart_day_cnt
    cost_qty_type def_qty_per_hr load_tasks_flag level_flag ot_factor rsrc_rate_id role_short_name
    seq_num parent_role_id
    act_work_qty act_equip_qty act_this_per_cost cost_per_qty cost_item_id auto_compute_act_flag
    contract_manager_import""".split()  # noqa: SIM905 - a list of words reads best as words
)
#: Values that say nothing; then those of single columns that say what P6 says by itself.
_EMPTY = frozenset({"", "0", "0.0", "0.00", "0.0000", "N"})
_USUAL = {
    "est_wt": {"1"},
    "review_type": {"RV_OK"},
    "status_code": {"WS_Open"},
    "priority_num": {"10"},
    "strgy_priority_num": {"500"},
    "risk_level": {"3"},
    "ev_compute_type": {"EC_Cmp_pct"},
    "sched_outer_depend_type": {"SD_Both"},
    "level_outer_assign_priority": {"5"},
    "level_over_alloc_pct": {"25"},
    "level_keep_sched_date_flag": {"Y"},
    "level_all_rsrc_flag": {"Y"},
    "levelprioritylist": {"priority_type,ASC"},
}
#: Options that matter when they are off.
_USUALLY_ON = frozenset({"sched_lag_early_start_flag", "sched_use_project_end_date_for_float"})

_FURTHER_RATES = ("Further rates", "a resource has one rate")
_EXPENSES = ("Details of expenses", "a task has one fixed cost")
_CODES = ("Activity codes", "codes are not imported yet")
_TABLES = {
    "ACTVTYPE": _CODES,
    "ACTVCODE": _CODES,
    "TASKACTV": _CODES,
    "UDFTYPE": ("User-defined fields", "custom fields are not imported yet"),
    "UDFVALUE": ("User-defined fields", "custom fields are not imported yet"),
    "TASKMEMO": ("Notebook topics", "notes are not imported yet"),
    "WBSMEMO": ("Notebook topics", "notes are not imported yet"),
    "PROJMEMO": ("Notebook topics", "notes are not imported yet"),
    "TASKPROC": ("Steps", "steps of activities are not imported yet"),
    "WBSSTEP": ("WBS milestones", "weights of WBS elements are not imported yet"),
    "ACCOUNT": ("Cost accounts", "cost accounts are not imported yet"),
    "ROLERATE": ("Rates of roles", "only people, machines and material have rates"),
    "WBSBUDG": ("Budgets", "budgets are not imported yet"),
    "PROJFUND": ("Funding", "funding is not imported yet"),
    "OBS": ("Responsible managers", "the organisation is not imported yet"),
    "POBS": ("Responsible managers", "the organisation is not imported yet"),
    "RSRCRCAT": ("Resource codes", "codes are not imported yet"),
    "RCATTYPE": ("Resource codes", "codes are not imported yet"),
    "RCATVAL": ("Resource codes", "codes are not imported yet"),
    "PCATTYPE": ("Project codes", "codes are not imported yet"),
    "PCATVAL": ("Project codes", "codes are not imported yet"),
    "PROJPCAT": ("Project codes", "codes are not imported yet"),
    "RSRCCURV": ("Resource curves", "work is spread evenly"),
    "RSRCCURVDATA": ("Resource curves", "work is spread evenly"),
    "SHIFT": ("Shifts of resources", "a resource has one capacity"),
    "SHIFTPER": ("Shifts of resources", "a resource has one capacity"),
    "TRSRCFIN": ("Work and costs of past periods", "past periods are not imported yet"),
    "TASKFIN": ("Work and costs of past periods", "past periods are not imported yet"),
    "TASKRISK": ("Risks", "risks are not imported yet"),
    "PROJRISK": ("Risks", "risks are not imported yet"),
    "PROJISSU": ("Issues", "issues are not imported yet"),
    "PROJTHRS": ("Thresholds", "thresholds are not imported yet"),
    "DOCUMENT": ("Documents", "documents are not imported yet"),
    "TASKDOC": ("Documents", "documents are not imported yet"),
    "NONWORK": ("Absences in timesheets", "timesheets are not imported yet"),
    "RSRCHOUR": ("Hours in timesheets", "timesheets are not imported yet"),
}
_LEVELLING = ("Levelling options", "plans are not levelled yet")
_COLUMNS = {
    "target_start_date": ("Planned dates", "baselines are not imported yet"),
    "target_end_date": ("Planned dates", "baselines are not imported yet"),
    "sum_base_proj_id": ("Baselines", "baselines are not imported yet"),
    "base_type_id": ("Baselines", "baselines are not imported yet"),
    "expect_end_date": ("Expected finishes", "work is not stretched to an expected finish yet"),
    "suspend_date": ("Suspensions", "what remains goes on at the resume date; the pause before it is not drawn"),
    "target_lag_drtn_hr_cnt": ("Assignment delays", "people start with their task"),
    "curv_id": ("Resource curves", "work is spread evenly"),
    "target_crv": ("Resource curves", "work is spread evenly"),
    "remain_crv": ("Resource curves", "work is spread evenly"),
    "actual_crv": ("Resource curves", "work is spread evenly"),
    "parent_rsrc_id": ("Resource hierarchy", "resources stand side by side"),
    "est_wt": ("Estimation weights", "weights of activities are not imported yet"),
    "sched_lag_early_start_flag": ("Start-to-start lag from the actual start", "it runs from the early start"),
    "sched_use_project_end_date_for_float": ("Float to the finish of all projects", "each has its own finish"),
    "comments": ("Notes", "notes are not imported yet"),
    "rsrc_short_name": ("Resource IDs", "a resource is called by its name"),
    "role_id": ("Roles of assignments", "a resource has its own role on every task"),
    "act_start_date": ("Actual dates of assignments", "people start with their task"),
    "act_end_date": ("Actual dates of assignments", "people start with their task"),
    "employee_code": ("Contact data", "a resource has an e-mail address"),
    "office_phone": ("Contact data", "a resource has an e-mail address"),
    "other_phone": ("Contact data", "a resource has an e-mail address"),
    "shift_id": ("Shifts of resources", "a resource has one capacity"),
    "shift_period_id": ("Shifts of resources", "a resource has one capacity"),
    "anticip_start_date": ("Anticipated dates", "dates of WBS elements come from their activities"),
    "anticip_end_date": ("Anticipated dates", "dates of WBS elements come from their activities"),
    "acct_id": ("Cost accounts", "cost accounts are not imported yet"),
    "cost_per_qty2": _FURTHER_RATES,
    "cost_per_qty3": _FURTHER_RATES,
    "cost_per_qty4": _FURTHER_RATES,
    "cost_per_qty5": _FURTHER_RATES,
    "cost_name": _EXPENSES,
    "cost_descr": _EXPENSES,
    "cost_type_id": _EXPENSES,
    "po_number": _EXPENSES,
    "vendor_name": _EXPENSES,
    "qty_name": _EXPENSES,
    "location_id": ("Locations", "locations are not imported yet"),
    "rsrc_notes": ("Notes", "notes are not imported yet"),
    "role_descr": ("Notes", "notes are not imported yet"),
    "cr_external_key": ("Keys of other applications", "they have no place in the plan yet"),
    "proj_url": ("Addresses", "they have no place in the plan yet"),
}  # fmt: skip
_OF_TASKS = {
    "rsrc_id": ("Primary resources", "all resources of a task stand side by side"),
    "status_code": ("Status of WBS elements", "a project has no status yet"),
}


class Tally:
    """Counts what no one read; the readers add what they had to leave out."""

    def __init__(self) -> None:
        self.count: Counter[tuple[str, str]] = Counter()

    def add(self, what: str, count: int, why: str) -> None:
        if count:
            self.count[what, why] += count

    def rest(self, tables: Tables) -> None:
        """Count the tables and the columns that no one asked for."""
        for heading in tables.headings:
            if heading.table in _OF_THE_APPLICATION:
                continue
            if heading.read:
                self._columns(heading)
            else:
                default = (f"Table {heading.table}", "this table has no place in the plan yet")
                self.add(*_with_count(_TABLES.get(heading.table, default), len(heading.rows)))

    def _columns(self, heading: Heading) -> None:
        for at, name in enumerate(heading.columns):
            if name in heading.read or name in _WITHOUT_MEANING:
                continue
            count = sum(_says_something(name, row.cells[at].strip(" \x7f")) for row in heading.rows)
            self.add(*_with_count(_name_of(heading.table, name), count))

    def result(self) -> tuple[Unmapped, ...]:
        """What was left, the most frequent first."""
        return tuple(Unmapped(what, count, why) for (what, why), count in self.count.most_common())


def _says_something(column: str, value: str) -> bool:
    if column in _USUALLY_ON:
        return value.upper() == "N"
    return value not in _EMPTY and value not in _USUAL.get(column, ())


def _name_of(table: str, column: str) -> tuple[str, str]:
    if column in _COLUMNS:
        return _COLUMNS[column]
    if column.startswith("level"):
        return _LEVELLING
    if "cost" in column:
        return "Costs", "this cost has no place in the plan yet"
    return _OF_TASKS.get(column, (f"{table}: {column}", "this column has no place in the plan yet"))


def _with_count(what_why: tuple[str, str], count: int) -> tuple[str, int, str]:
    return what_why[0], count, what_why[1]
