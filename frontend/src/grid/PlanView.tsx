import { useCallback, useMemo, useRef, useState } from "react";
import "../gantt/gantt.css";
import type { Change, MovedTask, ProjectPlan, Ripple } from "../kernel/plan";
import type { ColumnKey } from "./columns";
import "./grid.css";
import { PaneSwitch, type Pane } from "./PaneSwitch";
import { PlanIndex } from "./plan_index";
import { Splitter } from "./Splitter";
import { TreeGrid } from "./TreeGrid";
import { useActiveCell, type ActiveCell } from "./useActiveCell";
import { useCellEditor } from "./useCellEditor";
import { LEAST_PANE, useColumns } from "./useColumns";
import { useGantt } from "./useGantt";
import { useNudge } from "./useNudge";
import { usePlanKeys } from "./usePlanKeys";
import { HEADER_HEIGHT, ROW_HEIGHT, SIDEWAYS, useRowScroll } from "./useRowScroll";
import { useSelection } from "./useSelection";
import { useSize } from "./useSize";
import { useTree } from "./useTree";
import { words } from "./words";
import { ZoomBar } from "./ZoomBar";

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
  const { plan, selected, preview, onSelect } = props;
  const root = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const size = useSize(root);
  const [pane, setPane] = useState<Pane>("table");
  const index = useMemo(() => new PlanIndex(plan), [plan]);
  const tree = useTree(plan);
  const columns = useColumns(size.width);
  const cells = useActiveCell(root);
  const highlight = useMemo(() => new Set(props.highlight), [props.highlight]);
  const moves = useMoves(preview);
  const nudges = useNudge(index, moves, props);
  const view = { plan, rows: tree.rows, selected, highlight: props.highlight };
  const gantt = useGantt(
    chart,
    { ...view, preview: preview?.ripple ?? null },
    {
      onSelect: choose,
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
  const selectedHere = useSelection(selected, index, tree, gantt);
  const editor = useCellEditor(index, cells, columns.shown, props.onEdit);
  const onKeyDown = usePlanKeys({
    index,
    tree,
    cells,
    shown: columns.shown,
    gantt,
    page: Math.max(1, Math.floor((size.height - HEADER_HEIGHT) / ROW_HEIGHT) - 1),
    previewing: preview !== null,
    choose,
    showRow: scroll.showRow,
    nudge: (task, days, lengthens) => {
      gantt.current?.scrollToTask(task.id); // what moves is to be seen
      nudges.press(task, days, lengthens);
    },
    cancel: () => {
      nudges.abandon();
      props.onCancel();
    },
    onWhy: props.onWhy,
  });

  function choose(task: number | null): void {
    if (task !== null) press({ task, column: cells.active?.column ?? "name" });
    else {
      selectedHere(null);
      onSelect(null);
    }
  }
  function press(cell: ActiveCell): void {
    selectedHere(cell.task);
    cells.go(cell, true);
    onSelect(cell.task);
  }

  return (
    <div
      ref={root}
      className="plan-view"
      data-narrow={columns.narrow}
      data-pane={pane}
      onKeyDown={onKeyDown}
      onFocus={(event) => cells.focused(event.target)}
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
              editor={editor}
              onPress={press}
              onEdit={cells.edit}
              onWhy={props.onWhy}
              onScrollRows={scroll.scrollBy}
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

function useMoves(preview: PlanViewProps["preview"]): ReadonlyMap<number, MovedTask> {
  return useMemo(
    () => (preview ? new Map(preview.ripple.moved.map((task) => [task.id, task])) : NO_MOVES),
    [preview],
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
