import { memo, type CSSProperties, type ReactNode } from "react";
import type { WorkUnits } from "../kernel/duration";
import type { MovedTask } from "../kernel/plan";
import type { VisibleRow } from "../kernel/rows";
import { cellText, mayEdit, type Column, type ColumnKey } from "./columns";
import { ROW_HEIGHT } from "./useRowScroll";
import { words } from "./words";

interface Props {
  row: VisibleRow;
  index: number;
  columns: readonly Column[];
  units: WorkUnits;
  selected: boolean;
  highlighted: boolean;
  move: MovedTask | undefined;
  /** The cell that Tab reaches, when it is in this row. */
  active: ColumnKey | null;
  editor: { column: ColumnKey; field: ReactNode } | null;
  editable: boolean;
  describe(task: number): string;
}

const INDENT = 16;

function Mark({ row: { task, expandable, expanded } }: { row: VisibleRow }) {
  if (expandable) return <span className="grid-twisty" data-open={expanded} />;
  const kind = task.milestone ? "milestone" : task.kind;
  return <span className={`grid-mark ${kind}${task.critical ? " critical" : ""}`} />;
}

function cellClass(column: Column, row: VisibleRow, moved: boolean, editing: boolean): string {
  const marks = [
    column.numeric && "numeric",
    column.why && "date",
    column.why && moved && "moved",
    column.key === "float" && row.task.critical && "critical",
    editing && "editing",
  ];
  return ["grid-cell", column.key, ...marks].filter(Boolean).join(" ");
}

function rowClass({ row, selected, highlighted, editor }: Props): string {
  const marks = [
    selected && "selected",
    highlighted && "highlighted",
    row.task.summary && "summary",
    !row.task.active && "inactive",
    editor && "editing",
  ];
  return ["grid-row", ...marks].filter(Boolean).join(" ");
}

function titleOf({ row, units, move }: Props, column: Column): string | undefined {
  if (column.why === null) return undefined;
  return move ? `${words.was}: ${cellText(column.key, row.task, units)}` : words.why;
}

function styleOf(column: Column, row: VisibleRow): CSSProperties {
  const width = `var(--column-${column.key})`;
  if (column.key !== "name") return { width };
  return { width, paddingInlineStart: 4 + (row.level - 1) * INDENT };
}

function cell(props: Props, column: Column, at: number): ReactNode {
  const { row, active, editor, move } = props;
  const editing = editor?.column === column.key;
  const named = column.key === "name";
  return (
    <div
      key={column.key}
      role="gridcell"
      aria-colindex={at + 1}
      aria-readonly={!(props.editable && mayEdit(column, row.task))}
      aria-description={named ? props.describe(row.task.id) : undefined}
      className={cellClass(column, row, move !== undefined, editing)}
      style={styleOf(column, row)}
      title={titleOf(props, column)}
      data-column={column.key}
      tabIndex={active === column.key && !editing ? 0 : -1}
    >
      {named && !editing && <Mark row={row} />}
      {editing ? editor.field : cellText(column.key, row.task, props.units, move)}
    </div>
  );
}

/** A cell is one element: a fast scroll renders hundreds of them in a frame. */
export const GridRow = memo(function GridRow(props: Props) {
  const { row, index, columns, selected } = props;
  return (
    <div
      role="row"
      aria-level={row.level}
      aria-rowindex={index + 2}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={selected}
      aria-description={props.describe(row.task.id)}
      className={rowClass(props)}
      style={{ top: index * ROW_HEIGHT }}
      data-task={row.task.id}
    >
      {columns.map((column, at) => cell(props, column, at))}
    </div>
  );
});
