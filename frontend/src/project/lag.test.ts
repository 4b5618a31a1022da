import { describe, expect, it } from "vitest";
import { readLag, writeLag } from "./lag";

const units = { minutes_per_day: 480, minutes_per_week: 2400 };

describe("readLag", () => {
  it.each([
    ["2d", { lag: 960, lag_kind: "WORKING" }],
    ["+2d", { lag: 960, lag_kind: "WORKING" }],
    ["-1d", { lag: -480, lag_kind: "WORKING" }],
    ["−4h", { lag: -240, lag_kind: "WORKING" }],
    ["1ed", { lag: 1440, lag_kind: "ELAPSED" }],
    ["50%", { lag: 50, lag_kind: "PERCENT" }],
    ["-25 %", { lag: -25, lag_kind: "PERCENT" }],
    ["50e%", { lag: 50, lag_kind: "ELAPSED_PERCENT" }],
    ["", { lag: 0, lag_kind: "WORKING" }],
  ])("reads %j", (text, lag) => {
    expect(readLag(text, units)).toEqual(lag);
  });

  it.each(["soon", "2x", "--2d"])("refuses %j", (text) => {
    expect(readLag(text, units)).toBeNull();
  });
});

it("is written so that it reads back", () => {
  for (const [lag, lag_kind] of [
    [960, "WORKING"],
    [-37, "WORKING"],
    [1440, "ELAPSED"],
    [-25, "PERCENT"],
    [50, "ELAPSED_PERCENT"],
  ] as const) {
    const text = writeLag({ lag_minutes: lag, lag_kind }, units);
    expect(readLag(text, units)).toEqual({ lag, lag_kind });
  }
});
