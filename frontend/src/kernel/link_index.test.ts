import { expect, test } from "vitest";
import { LinkIndex } from "./link_index";

function found(index: LinkIndex, first: number, last: number): number[] {
  const links: number[] = [];
  index.visit(first, last, (link) => links.push(link));
  return links.sort((a, b) => a - b);
}

test("finds links that begin, end or pass in the rows, in either direction", () => {
  const index = new LinkIndex(Int32Array.of(0, 9, 2, 8), Int32Array.of(1, 0, 5, 20));
  expect(found(index, 3, 4)).toEqual([1, 2]);
  expect(found(index, 0, 1)).toEqual([0, 1]);
  expect(found(index, 10, 30)).toEqual([3]);
});

test("agrees with looking at every link", () => {
  const count = 3000;
  const from = Int32Array.from({ length: count }, (_, i) => (i * 7919) % 1000);
  const to = from.map((row, i) => (row + ((i * 104729) % 60)) % 1000);
  const index = new LinkIndex(from, to);
  for (const [first, last] of [
    [0, 0],
    [480, 520],
    [999, 1200],
  ] as const) {
    const all = [...from.keys()].filter(
      (i) => Math.min(from[i]!, to[i]!) <= last && Math.max(from[i]!, to[i]!) >= first,
    );
    expect(found(index, first, last)).toEqual(all);
  }
});

test("no links is no trouble", () => {
  expect(found(new LinkIndex(new Int32Array(), new Int32Array()), 0, 10)).toEqual([]);
});
