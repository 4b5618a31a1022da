import { useCallback, useRef, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

/** As the tokens have them: rows are placed by arithmetic, which a style sheet cannot do for us. */
export const ROW_HEIGHT = 28;
export const HEADER_HEIGHT = 48;

export interface RowRange {
  first: number;
  last: number;
  /** How many rows are rendered at the most. */
  slots: number;
}

export interface RowScroll {
  scroller: RefObject<HTMLDivElement | null>;
  layer: RefObject<HTMLDivElement | null>;
  range: RowRange;
  onScroll(): void;
  /** Scrolls as little as it takes to see a row; from afar, so that its neighbours are seen too. */
  showRow(row: number): void;
  scrollBy(pixels: number): void;
}

/** Rows beyond the view that are rendered too, and by how many rows the rendered part jumps. */
const SPARE = 4;

/**
 * One native scroll position for table and chart. The rows' layer and the canvas move in the scroll event
 * itself; React renders only when other rows come into reach.
 */
export function useRowScroll(viewHeight: number, moved: (scrollTop: number) => void): RowScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const rendered = useRef(0);
  const [block, setBlock] = useState(0);
  const shown = Math.ceil(Math.max(0, viewHeight - HEADER_HEIGHT) / ROW_HEIGHT);

  const onScroll = useCallback(() => {
    const top = Math.round(scroller.current?.scrollTop ?? 0);
    const now = Math.floor(top / ROW_HEIGHT / SPARE);
    // Rendered at once: rows that came a frame late would be seen to be missing.
    if (now !== rendered.current) flushSync(() => setBlock(now));
    rendered.current = now;
    if (layer.current) layer.current.style.transform = `translateY(${-top}px)`;
    moved(top);
  }, [moved]);

  const showRow = useCallback((row: number) => {
    const node = scroller.current;
    if (!node) return;
    const top = row * ROW_HEIGHT;
    const room = node.clientHeight - HEADER_HEIGHT - ROW_HEIGHT - SIDEWAYS;
    const far = top < node.scrollTop - room || top > node.scrollTop + 2 * room;
    if (far) node.scrollTop = top - room / 3;
    else if (top < node.scrollTop) node.scrollTop = top;
    else if (top > node.scrollTop + room) node.scrollTop = top - room;
  }, []);

  const scrollBy = useCallback((pixels: number) => scroller.current?.scrollBy(0, pixels), []);
  const first = Math.max(0, (block - 1) * SPARE);
  const range = { first, last: (block + 2) * SPARE + shown, slots: 3 * SPARE + shown + 1 };
  return { scroller, layer, range, onScroll, showRow, scrollBy };
}

/** Room for the sideways scroll bars under the last row. */
export const SIDEWAYS = 14;
