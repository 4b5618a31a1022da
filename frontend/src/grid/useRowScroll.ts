import { useCallback, useRef, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

export interface RowRange {
  first: number;
  last: number;
}

export interface RowScroll {
  scroller: RefObject<HTMLDivElement | null>;
  layer: RefObject<HTMLDivElement | null>;
  range: RowRange;
  onScroll(): void;
  /** Scrolls as little as it takes to see a row. */
  showRow(row: number): void;
  scrollBy(pixels: number): void;
}

/** Rows beyond the view that are rendered too, and by how many rows the rendered part jumps. */
const SPARE = 8;

/**
 * One native scroll position for table and chart. The rows' layer and the canvas move in the scroll event
 * itself; React renders only when other rows come into reach.
 */
export function useRowScroll(
  rowHeight: number,
  headerHeight: number,
  viewHeight: number,
  moved: (scrollTop: number) => void,
): RowScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [block, setBlock] = useState(0);
  const shown = Math.ceil(Math.max(0, viewHeight - headerHeight) / rowHeight);

  const onScroll = useCallback(() => {
    const top = Math.round(scroller.current?.scrollTop ?? 0);
    const now = Math.floor(top / rowHeight / SPARE);
    // Rendered at once: rows that came a frame late would be seen to be missing.
    flushSync(() => setBlock(now));
    if (layer.current) layer.current.style.transform = `translateY(${-top}px)`;
    moved(top);
  }, [rowHeight, moved]);

  const showRow = useCallback(
    (row: number) => {
      const node = scroller.current;
      if (!node) return;
      const top = row * rowHeight;
      const room = node.clientHeight - headerHeight - rowHeight - SIDEWAYS;
      if (top < node.scrollTop) node.scrollTop = top;
      else if (top > node.scrollTop + room) node.scrollTop = top - room;
    },
    [rowHeight, headerHeight],
  );

  const scrollBy = useCallback((pixels: number) => scroller.current?.scrollBy(0, pixels), []);
  const first = Math.max(0, (block - 1) * SPARE);
  const range = { first, last: (block + 2) * SPARE + shown };
  return { scroller, layer, range, onScroll, showRow, scrollBy };
}

/** Room for the sideways scroll bars under the last row. */
export const SIDEWAYS = 14;
