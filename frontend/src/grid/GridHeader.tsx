import type { PointerEvent } from "react";
import { MIN_COLUMN, type Column, type ColumnKey } from "./columns";
import { dragX } from "./drag_x";
import { words } from "./words";

interface Props {
  columns: readonly Column[];
  onResize(column: ColumnKey, width: number): void;
  onFit(column: ColumnKey): void;
}

function Heading({ column, at, onResize, onFit }: Props & { column: Column; at: number }) {
  function onPointerDown(event: PointerEvent<HTMLElement>) {
    const width = event.currentTarget.parentElement?.offsetWidth ?? column.width;
    dragX(event, (dx) => onResize(column.key, Math.max(MIN_COLUMN, width + dx)));
  }
  return (
    <div
      role="columnheader"
      aria-colindex={at + 1}
      className={column.numeric ? "grid-heading numeric" : "grid-heading"}
      style={{ width: `var(--column-${column.key})` }}
    >
      <span className="grid-text">{column.label}</span>
      <span
        className="grid-resize"
        title={words.resize}
        onPointerDown={onPointerDown}
        onDoubleClick={() => onFit(column.key)}
      />
    </div>
  );
}

export function GridHeader(props: Props) {
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className="grid-header">
        {props.columns.map((column, at) => (
          <Heading key={column.key} {...props} column={column} at={at} />
        ))}
      </div>
    </div>
  );
}
