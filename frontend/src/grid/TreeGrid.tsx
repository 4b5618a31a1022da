import type { CSSProperties, MouseEvent, ReactNode, RefObject } from "react";
import type { MovedTask } from "../kernel/plan";
import { mayEdit, type ColumnKey } from "./columns";
import { GridHeader } from "./GridHeader";
import { GridRow } from "./GridRow";
import type { PlanIndex } from "./plan_index";
import type { ActiveCell } from "./useActiveCell";
import type { Columns } from "./useColumns";
import type { RowRange } from "./useRowScroll";
import type { Tree } from "./useTree";
import { words } from "./words";

interface Props {
  index: PlanIndex;
  tree: Tree;
  columns: Columns;
  range: RowRange;
  layer: RefObject<HTMLDivElement | null>;
  selected: number | null;
  highlight: ReadonlySet<number>;
  moves: ReadonlyMap<number, MovedTask>;
  active: ActiveCell | null;
  editor: ReactNode;
  onPress(cell: ActiveCell): void;
  onEdit(cell: ActiveCell): void;
  onWhy(task: number, field: "start" | "finish"): void;
  onFit(column: ColumnKey): void;
  onScrollRows(pixels: number): void;
}

/** The cell of the table under a click. */
function cellAt(event: MouseEvent): ActiveCell | null {
  if (!(event.target instanceof Element)) return null;
  const cell = event.target.closest<HTMLElement>("[data-column]");
  const row = cell?.closest<HTMLElement>("[data-task]");
  if (!cell || !row) return null;
  return { task: Number(row.dataset.task), column: cell.dataset.column as ColumnKey };
}

function on(event: MouseEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null;
}

/** The rows in reach, and the one with the focus wherever it is: an element that goes loses the focus. */
function reach({ tree, range, active }: Props): number[] {
  const last = Math.min(range.last, tree.rows.length - 1);
  const rows = Array.from(
    { length: Math.max(0, last - range.first + 1) },
    (_, i) => range.first + i,
  );
  const row = active ? tree.rowOf.get(active.task) : undefined;
  if (row === undefined || (row >= range.first && row <= last)) return rows;
  return row < range.first ? [row, ...rows] : [...rows, row];
}

/** A row being edited, and one with the focus out of reach, is not to become another row's element. */
function keeps({ active, editor, range }: Props, at: number, id: number): boolean {
  if (active?.task !== id) return false;
  return editor !== null || at < range.first || at > range.last;
}

/**
 * Find-in-page, assistive tools and drivers scroll whatever clips a row they want to see. The table has no scroll
 * position of its own up and down: what it is given belongs to the plan's.
 */
function handOn(grid: HTMLElement, scrollRows: (pixels: number) => void): void {
  const strayed = grid.scrollTop;
  if (strayed === 0) return;
  grid.scrollTop = 0;
  scrollRows(strayed);
}

/** The table. Elements are used again for other rows as these scroll by: faster than making new ones. */
export function TreeGrid(props: Props) {
  const { index, tree, columns, active } = props;
  const editable = index.plan.project.may_edit;
  const entry = active && tree.rowOf.has(active.task) ? active : firstCell(tree);

  function onClick(event: MouseEvent) {
    const cell = cellAt(event);
    if (!cell || on(event, "input")) return;
    if (on(event, ".grid-twisty")) tree.toggle(cell.task);
    props.onPress(cell);
    if (on(event, ".date")) props.onWhy(cell.task, cell.column === "finish" ? "finish" : "start");
  }
  function onDoubleClick(event: MouseEvent) {
    const cell = cellAt(event);
    const task = cell && index.tasks.get(cell.task);
    const column = columns.shown.find(({ key }) => key === cell?.column);
    if (cell && task && column && editable && mayEdit(column, task)) props.onEdit(cell);
  }
  return (
    <div
      role="treegrid"
      aria-label={`${index.plan.project.name}: ${words.grid}`}
      aria-rowcount={tree.rows.length + 1}
      aria-colcount={columns.shown.length}
      className="grid"
      onScroll={(event) => handOn(event.currentTarget, props.onScrollRows)}
      style={{ ...columns.style, width: columns.paneWidth } as CSSProperties}
    >
      <GridHeader columns={columns.shown} onResize={columns.resize} onFit={props.onFit} />
      <div role="rowgroup" className="grid-body" onClick={onClick} onDoubleClick={onDoubleClick}>
        <div role="presentation" className="grid-layer" ref={props.layer}>
          {reach(props).map((at) => {
            const row = tree.rows[at]!;
            const { id } = row.task;
            return (
              <GridRow
                key={keeps(props, at, id) ? "active" : at % props.range.slots}
                row={row}
                index={at}
                columns={columns.shown}
                units={index.plan.project}
                selected={id === props.selected}
                highlighted={props.highlight.has(id)}
                move={props.moves.get(id)}
                active={entry?.task === id ? entry.column : null}
                editor={
                  props.editor !== null && active?.task === id
                    ? { column: active.column, field: props.editor }
                    : null
                }
                editable={editable}
                describe={index.describe}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function firstCell({ rows }: Tree): ActiveCell | null {
  return rows[0] ? { task: rows[0].task.id, column: "name" } : null;
}
