import { useMemo, useState, type CSSProperties } from "react";
import { COLUMNS, type Column, type ColumnKey } from "./columns";

export const NARROW = 640;
const MOST_OF_VIEW = 0.48;
export const LEAST_PANE = 160;

export interface Columns {
  narrow: boolean;
  shown: readonly Column[];
  paneWidth: number;
  mostPane: number;
  /** The widths, as custom properties for every cell to use. */
  style: CSSProperties;
  resize(column: ColumnKey, width: number): void;
  resizePane(width: number | null): void;
}

/** Which columns there is room for, and how wide they and their pane are. */
export function useColumns(viewWidth: number): Columns {
  const [widths, setWidths] = useState<Partial<Record<ColumnKey, number>>>({});
  const [pane, setPane] = useState<number | null>(null);
  const narrow = viewWidth < NARROW;
  const shown = useMemo(
    () => COLUMNS.filter((column) => viewWidth >= column.from || column.key === "name"),
    [viewWidth],
  );
  const widthOf = (column: Column) => widths[column.key] ?? column.width;
  const total = shown.reduce((sum, column) => sum + widthOf(column), 0);
  const mostPane = Math.max(LEAST_PANE, viewWidth - LEAST_PANE);
  const usual = wholeColumns(shown.map(widthOf), Math.round(viewWidth * MOST_OF_VIEW));
  const paneWidth = narrow ? viewWidth : Math.min(mostPane, pane ?? usual);

  // Room that no column needs goes to the name; a narrow view is all name.
  const spare = narrow ? viewWidth - total : Math.max(0, paneWidth - total);
  const style = Object.fromEntries([
    ["--columns", `${total + spare}px`],
    ...shown.map((column) => [
      `--column-${column.key}`,
      `${widthOf(column) + (column.key === "name" ? spare : 0)}px`,
    ]),
  ]) as CSSProperties;
  const resize = (column: ColumnKey, width: number) =>
    setWidths((before) => ({ ...before, [column]: width }));
  return { narrow, shown, paneWidth, mostPane, style, resize, resizePane: setPane };
}

/** As many columns as fit, none cut in half, but always the first two: number and name. */
function wholeColumns(widths: readonly number[], room: number): number {
  let width = 0;
  widths.every((next, at) => {
    if (at > 1 && width + next > room) return false;
    width += next;
    return true;
  });
  return width;
}
