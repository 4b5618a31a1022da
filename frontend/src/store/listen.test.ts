import { expect, it } from "vitest";
import { busy } from "./listen";
import type { Preview } from "./state";

const preview = (phase: Preview["phase"]): Preview => ({
  changes: [],
  phase,
  answer: null,
  problem: null,
});

it("changes nothing under a drag or a write, and everything else at once", () => {
  expect(busy({ writing: 1, preview: null })).toBe(true);
  expect(busy({ writing: 0, preview: preview("proposed") })).toBe(true);
  expect(busy({ writing: 0, preview: preview("applying") })).toBe(true);
  expect(busy({ writing: 0, preview: preview("ready") })).toBe(false);
  expect(busy({ writing: 0, preview: null })).toBe(false);
});
