import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import "../gantt/gantt.css";
import { editChanges } from "../kernel/changes";
import type { Change, MovedTask, ProjectPlan, Ripple } from "../kernel/plan";
import { CellEditor, type Leave } from "./CellEditor";
import { editText, mayEdit, type Column, type ColumnKey } from "./columns";
import "./grid.css";
import { cellCommand, viewCommand, type Command } from "./keys";
import { PaneSwitch, type Pane } from "./PaneSwitch";
import { PlanIndex } from "./plan_index";
import { Splitter } from "./Splitter";
import { TreeGrid } from "./TreeGrid";
import { useActiveCell, type ActiveCell } from "./useActiveCell";
import { LEAST_PANE, useColumns } from "./useColumns";
import { useGantt } from "./useGantt";
import { useNudge } from "./useNudge";
import { HEADER_HEIGHT, ROW_HEIGHT, SIDEWAYS, useRowScroll } from "./useRowScroll";
import { useSize } from "./useSize";
import { useTree } from "./useTree";
import { words } from "./words";
import { ZOOM_STEP, ZoomBar } from "./ZoomBar";

export interface PlanViewProps {
  plan: ProjectPlan;
  selected: number | null;
  onSelect(id: number | null): void;
  preview: { ripple: Ripple } | null;
  /** The tasks of a Why chain, to be emphasised with the links between them. */
  highlight: number[];
  /** While a bar is dragged or nudged: what dropping it here would change. */
  onPropose(changes: Change[]): void;
  onDrop(changes: Change[]): void;
  onCancel(): void;
  /** A typed value. */
  onEdit(changes: Change[]): void;
  onWhy(task: number, field: "start" | "finish"): void;
}

const NO_MOVES: ReadonlyMap<number, MovedTask> = new Map();

/** A plan as a table and a Gantt side by side, on one scroll position. */
export function PlanView(props: PlanViewProps) {
  // Another project begins at its own top, with everything open.
  return <OpenPlan key={props.plan.project.id} {...props} />;
}

function OpenPlan(props: PlanViewProps) {
  const { plan, selected, preview } = props;
  const root = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const size = useSize(root);
  const [pane, setPane] = useState<Pane>("table");
  const index = useMemo(() => new PlanIndex(plan), [plan]);
  const tree = useTree(plan);
  const columns = useColumns(size.width);
  const cells = useActiveCell(root);
  const highlight = useMemo(() => new Set(props.highlight), [props.highlight]);
  const moves = useMemo(
    () => (preview ? new Map(preview.ripple.moved.map((task) => [task.id, task])) : NO_MOVES),
    [preview],
  );
  const nudges = useNudge(index, moves, props);
  const chosen = useRef(selected);

  const gantt = useGantt(
    chart,
    {
      plan,
      rows: tree.rows,
      selected,
      preview: preview?.ripple ?? null,
      highlight: props.highlight,
    },
    {
      onSelect: (task) => choose(task, true),
      onToggle: tree.toggle,
      onPropose: props.onPropose,
      onDrop: props.onDrop,
      onCancel: props.onCancel,
      onShowRow: (row) => scroll.showRow(row),
      onScrollRows: (pixels) => scroll.scrollBy(pixels),
    },
  );
  const scrolled = useCallback((top: number) => gantt.current?.setScrollTop(top), [gantt]);
  const scroll = useRowScroll(size.height, scrolled);

  /** Selecting here is not to be answered by scrolling there. */
  function choose(task: number | null, focus: boolean): void {
    chosen.current = task;
    if (task !== null) cells.go({ task, column: cells.active?.column ?? "name" }, focus);
    props.onSelect(task);
  }

  // Selected elsewhere (by the palette, by a Why chain): uncover it, then bring it into view.
  useEffect(() => {
    if (selected === chosen.current) return;
    if (selected === null) chosen.current = null;
    else {
      const row = tree.rowOf.get(selected);
      if (row === undefined && index.tasks.has(selected)) tree.uncover(selected);
      if (row === undefined) return;
      chosen.current = selected;
      gantt.current?.scrollToTask(selected);
    }
  });

  function step(by: number): void {
    const at = tree.rowOf.get(cells.active?.task ?? -1) ?? 0;
    const row = Math.min(tree.rows.length - 1, Math.max(0, at + by));
    const task = tree.rows[row]?.task.id;
    if (task === undefined) return;
    scroll.showRow(row);
    choose(task, true);
  }
  function stepColumn(by: number): void {
    if (!cells.active) return;
    const at = columns.shown.findIndex(({ key }) => key === cells.active?.column);
    const to = columns.shown[Math.min(columns.shown.length - 1, Math.max(0, at + by))];
    if (to) cells.go({ task: cells.active.task, column: to.key }, true);
  }
  function run(command: Command): void {
    const id = cells.active?.task;
    const task = id === undefined ? undefined : index.tasks.get(id);
    switch (command.do) {
      case "rows":
        return step(command.by);
      case "columns":
        return stepColumn(command.by);
      case "zoom":
        return gantt.current?.zoomBy(command.closer ? ZOOM_STEP : 1 / ZOOM_STEP);
      case "cancel":
        nudges.abandon();
        return props.onCancel();
      case "edit":
        return cells.active ? cells.edit(cells.active) : undefined;
    }
    if (!task) return;
    switch (command.do) {
      case "expand":
      case "collapse":
        return tree.setOpen(task.id, command.do === "expand");
      case "parent":
        return task.parent === null ? undefined : step(stepsTo(task.parent));
      case "why":
        return props.onWhy(task.id, cells.active?.column === "finish" ? "finish" : "start");
      case "nudge":
        return nudges.press(task, command.days, command.lengthens);
    }
  }
  function stepsTo(task: number): number {
    return (tree.rowOf.get(task) ?? 0) - (tree.rowOf.get(cells.active?.task ?? -1) ?? 0);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    const command = commandOf(event);
    if (!command || (command.do === "cancel" && !preview)) return;
    event.preventDefault();
    run(command);
  }
  function commandOf(event: KeyboardEvent): Command | null {
    const inGrid = event.target instanceof Element && event.target.closest("[role=treegrid]");
    const row = tree.rows[tree.rowOf.get(cells.active?.task ?? -1) ?? -1];
    const column = columns.shown.find(({ key }) => key === cells.active?.column);
    const page = Math.max(1, Math.floor((size.height - HEADER_HEIGHT) / ROW_HEIGHT) - 1);
    const place = row && column && { row, column, editable: plan.project.may_edit, page };
    return (inGrid && place ? cellCommand(event, place) : null) ?? viewCommand(event);
  }
  function onFocus(): void {
    const cell = document.activeElement?.closest<HTMLElement>("[data-column]");
    const row = cell?.closest<HTMLElement>("[data-task]");
    if (!cell || !row) return;
    cells.focused();
    if (cells.editing) return;
    const to = { task: Number(row.dataset.task), column: cell.dataset.column as ColumnKey };
    if (to.task !== cells.active?.task || to.column !== cells.active.column) cells.go(to, false);
  }

  function commit(text: string, leave: Leave) {
    const task = cells.active && index.tasks.get(cells.active.task);
    const field = editedColumn()?.edits;
    if (!task || !field) return null;
    const worktime = index.worktimeFor(task);
    const context = { units: plan.project, today: index.today, worktime };
    const edit = editChanges(task, field, text, context);
    if ("fault" in edit) return edit.fault;
    if (edit.changes.length > 0) props.onEdit(edit.changes);
    leaveEditor(leave);
    return null;
  }
  function editedColumn(): Column | undefined {
    return columns.shown.find(({ key }) => key === cells.active?.column);
  }
  function leaveEditor(leave: Leave): void {
    const task = cells.active && index.tasks.get(cells.active.task);
    const editable = task ? columns.shown.filter((column) => mayEdit(column, task)) : [];
    const at = editable.findIndex(({ key }) => key === cells.active?.column);
    const to = leave === "next" ? editable[at + 1] : leave === "previous" ? editable[at - 1] : null;
    if (task && to) cells.edit({ task: task.id, column: to.key });
    else cells.stopEditing(leave !== "away");
  }
  function editor() {
    const task = cells.editing && cells.active ? index.tasks.get(cells.active.task) : undefined;
    const column = editedColumn();
    if (!task || !column?.edits) return null;
    return (
      <CellEditor
        key={`${task.id} ${column.key}`}
        label={`${column.label}: ${task.name}`}
        initial={editText(column.edits, task, plan.project, index.worktimeFor(task))}
        onCommit={commit}
        onCancel={() => cells.stopEditing(true)}
      />
    );
  }
  function press(cell: ActiveCell): void {
    chosen.current = cell.task;
    cells.go(cell, true);
    props.onSelect(cell.task);
  }

  return (
    <div
      ref={root}
      className="plan-view"
      data-narrow={columns.narrow}
      data-pane={pane}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={(event) => cells.blurred(event.target)}
    >
      <div className="plan-scroll" ref={scroll.scroller} onScroll={scroll.onScroll}>
        <div style={{ height: HEADER_HEIGHT + tree.rows.length * ROW_HEIGHT + SIDEWAYS }}>
          <div className="plan-stage" style={{ height: size.height }}>
            <TreeGrid
              index={index}
              tree={tree}
              columns={columns}
              range={scroll.range}
              layer={scroll.layer}
              selected={selected}
              highlight={highlight}
              moves={moves}
              active={cells.active}
              editor={editor()}
              onPress={press}
              onEdit={cells.edit}
              onWhy={props.onWhy}
              onFit={(column) => columns.resize(column, contentWidth(root.current, column))}
            />
            <Splitter
              width={columns.paneWidth}
              least={LEAST_PANE}
              most={columns.mostPane}
              onResize={columns.resizePane}
              onReset={() => columns.resizePane(null)}
            />
            <div className="plan-chart" ref={chart} />
          </div>
        </div>
      </div>
      {plan.tasks.length === 0 && (
        <div className="plan-empty">
          <strong>{words.empty}</strong>
          <p>{words.emptyHint}</p>
        </div>
      )}
      <div className="plan-tools">
        {columns.narrow && <PaneSwitch pane={pane} onSwitch={setPane} />}
        <ZoomBar
          zoom={{
            by: (factor) => gantt.current?.zoomBy(factor),
            fit: () => gantt.current?.fit(),
            today: () => gantt.current?.scrollToToday(),
          }}
        />
      </div>
    </div>
  );
}

const CELL_PADDING = 10;

/** How wide a column must be for what it shows now. */
function contentWidth(root: HTMLElement | null, column: ColumnKey): number {
  const cells = root?.querySelectorAll(`[data-column="${column}"]`) ?? [];
  const widths = Array.from(cells, (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().right - cell.getBoundingClientRect().left;
  });
  return Math.ceil(Math.max(40, ...widths)) + CELL_PADDING;
}
