import { expect, test } from "vitest";
import type { LinkKind } from "./plan";
import { route, type Anchor } from "./routing";

const bar = (startX: number, finishX: number, row: number): Anchor => ({
  startX,
  finishX,
  y: row * 28 + 14,
  half: 7,
});

function pieces(points: number[]): [number, number][] {
  const deltas: [number, number][] = [];
  for (let i = 2; i < points.length; i += 2)
    deltas.push([points[i]! - points[i - 2]!, points[i + 1]! - points[i - 1]!]);
  return deltas;
}

test("every link of every kind and distance is made of level and upright pieces", () => {
  for (const kind of ["FS", "SS", "FF", "SF"] as LinkKind[])
    for (const shift of [-200, -60, -1, 0, 5, 13, 14, 200])
      for (const row of [-3, -1, 1, 4]) {
        const line = route(kind, bar(100, 160, 0), bar(160 + shift, 220 + shift, row), 28);
        expect(pieces(line.points).every(([dx, dy]) => dx === 0 || dy === 0)).toBe(true);
      }
});

test("finish to start leaves the finish and enters the start", () => {
  const line = route("FS", bar(0, 50, 0), bar(100, 160, 2), 28);
  expect(line.points.slice(0, 2)).toEqual([50, 14]);
  expect(line.points.slice(-2)).toEqual([100, 70]);
  expect(line.heading).toBe("right");
});

test("a successor that follows at once is entered from above, or from below", () => {
  expect(route("FS", bar(0, 50, 0), bar(50, 90, 1), 28)).toEqual({
    points: [50, 14, 54, 14, 54, 35],
    heading: "down",
  });
  expect(route("FS", bar(0, 50, 1), bar(50, 90, 0), 28).heading).toBe("up");
});

test("a successor that begins earlier is reached between the rows, from its own side", () => {
  const { points, heading } = route("FS", bar(0, 90, 0), bar(20, 60, 1), 28);
  expect(points).toEqual([90, 14, 97, 14, 97, 28, 13, 28, 13, 42, 20, 42]);
  expect(heading).toBe("right");
});

test("start to start and finish to finish run outside both bars", () => {
  expect(Math.min(...xs(route("SS", bar(40, 90, 0), bar(20, 60, 1), 28).points))).toBeLessThan(20);
  expect(Math.max(...xs(route("FF", bar(40, 90, 0), bar(20, 60, 1), 28).points))).toBeGreaterThan(
    90,
  );
  expect(route("SS", bar(40, 90, 0), bar(20, 60, 1), 28).heading).toBe("right");
  expect(route("FF", bar(40, 90, 0), bar(20, 60, 1), 28).heading).toBe("left");
});

test("start to finish arrives from the right", () => {
  const line = route("SF", bar(200, 260, 0), bar(20, 60, 1), 28);
  expect(line.points.slice(0, 2)).toEqual([200, 14]);
  expect(line.points.slice(-2)).toEqual([60, 42]);
  expect(line.heading).toBe("left");
});

function xs(points: number[]): number[] {
  return points.filter((_, i) => i % 2 === 0);
}
