import { expect, it } from "vitest";
import { event } from "./samples";
import { missed, streamAddress, tail, taken } from "./tail";

it("takes every event once", () => {
  const first = taken(tail(5), event(6))!;
  expect(first.last).toBe(6);
  expect(taken(first, event(6))).toBeNull();
  expect(taken(first, event(4))).toBeNull();
});

it("asks the stream for what comes after the last event heard", () => {
  expect(streamAddress(taken(tail(5), event(9))!)).toBe("/api/v1/live?after=9");
});

it("keeps enough for a newcomer, not for ever", () => {
  let known = tail(0);
  for (let seq = 1; seq <= 500; seq++) known = taken(known, event(seq))!;
  expect(known.recent).toHaveLength(200);
  expect(missed(known, 498).map(({ seq }) => seq)).toEqual([499, 500]);
});
