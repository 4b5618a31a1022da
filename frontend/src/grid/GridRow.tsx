import { memo, type ReactNode } from "react";
import type { WorkUnits } from "../kernel/duration";
import type { MovedTask } from "../kernel/plan";
import type { VisibleRow } from "../kernel/rows";
import { cellText, mayEdit, type Column, type ColumnKey } from "./columns";
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

function Name({ row }: { row: VisibleRow }) {
  const { task, level, expandable, expanded } = row;
  const kind = task.milestone ? "milestone" : task.kind;
  return (
    <span className="grid-name" style={{ paddingInlineStart: (level - 1) * INDENT }}>
      <span className={expandable ? "grid-twisty" : "grid-twisty none"} data-open={expanded} />
      <span className={`grid-kind ${kind}${task.critical ? " critical" : ""}`} />
      <span className="grid-text">{task.name}</span>
    </span>
  );
}

function Content({
  row,
  column,
  units,
  move,
}: Pick<Props, "row" | "units" | "move"> & { column: Column }) {
  if (column.key === "name") return <Name row={row} />;
  const text = cellText(column.key, row.task, units, move);
  if (column.why === null) return <span className="grid-text">{text}</span>;
  const title = move ? `${words.was}: ${cellText(column.key, row.task, units)}` : words.why;
  return (
    <span className={move ? "grid-date moved" : "grid-date"} title={title}>
      {text}
    </span>
  );
}

function cellClass(column: Column, row: VisibleRow): string {
  const critical = column.key === "float" && row.task.critical ? " critical" : "";
  return `grid-cell ${column.key}${column.numeric ? " numeric" : ""}${critical}`;
}

function rowClass({ row, selected, highlighted }: Props): string {
  const marks = [
    selected && "selected",
    highlighted && "highlighted",
    row.task.summary && "summary",
    !row.task.active && "inactive",
  ];
  return ["grid-row", ...marks].filter(Boolean).join(" ");
}

function Cell({ column, at, ...props }: Props & { column: Column; at: number }) {
  const { row, active, editor } = props;
  const editing = editor?.column === column.key;
  const named = column.key === "name";
  return (
    <div
      role="gridcell"
      aria-colindex={at + 1}
      aria-readonly={!(props.editable && mayEdit(column, row.task))}
      aria-describedby={named ? `say-${row.task.id}` : undefined}
      className={cellClass(column, row)}
      style={{ width: `var(--column-${column.key})` }}
      data-column={column.key}
      tabIndex={active === column.key && !editing ? 0 : -1}
    >
      {editing ? editor.field : <Content {...props} column={column} />}
      {named && (
        <span id={`say-${row.task.id}`} className="grid-unseen">
          {props.describe(row.task.id)}
        </span>
      )}
    </div>
  );
}

export const GridRow = memo(function GridRow(props: Props) {
  const { row, index, columns, selected } = props;
  return (
    <div
      role="row"
      aria-level={row.level}
      aria-rowindex={index + 2}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={selected}
      aria-describedby={`say-${row.task.id}`}
      className={rowClass(props)}
      style={{ transform: `translateY(calc(${index} * var(--row-height)))` }}
      data-task={row.task.id}
    >
      {columns.map((column, at) => (
        <Cell key={column.key} {...props} column={column} at={at} />
      ))}
    </div>
  );
});
