import { beforeAll, expect, test } from "vitest";
import { sampleLink, sampleTask } from "./sample";
import { linkSentence, taskSentence } from "./sentence";
import { setDateLocale } from "./time";

beforeAll(() => setDateLocale("en-GB"));

const units = { minutes_per_day: 480, minutes_per_week: 2400 };
const names = (id: number) => (id === 1 ? "Dig" : "Pour");

test("a plain task", () => {
  const task = sampleTask({ id: 1, name: "Dig", total_float_minutes: 960 });
  expect(taskSentence(task, units)).toBe(
    "Dig, task: Mon, 2 Mar 2026 to Mon, 2 Mar 2026, 1d, 2d of float.",
  );
});

test("everything that a bar shows is said", () => {
  const task = sampleTask({
    id: 1,
    name: "Dig",
    percent_complete: 40,
    critical: true,
    constraint: "SNET",
    constraint_date: "2026-03-02T08:00",
    deadline: "2026-03-01T17:00",
    people: [{ id: 9, name: "Ada", units: 1 }],
  });
  const said = taskSentence(task, units);
  for (const fact of [
    "40% complete",
    "critical",
    "pinned to start no earlier than Mon, 2 Mar 2026",
    "misses its deadline Sun, 1 Mar 2026",
    "by Ada",
  ])
    expect(said).toContain(fact);
  expect(said).not.toContain("float");
});

test("a milestone has one date and no duration", () => {
  const task = sampleTask({ id: 1, name: "Handover", milestone: true, total_float_minutes: 480 });
  expect(taskSentence(task, units)).toBe("Handover, milestone: Mon, 2 Mar 2026, 1d of float.");
});

test("a link is told from its successor", () => {
  const link = sampleLink({ pred: 1, succ: 2, lag_minutes: 960, driving: true });
  expect(linkSentence(link, names, units)).toBe(
    "Pour starts after the finish of Dig, 2d later, which sets its date.",
  );
  expect(
    linkSentence({ ...link, kind: "SS", driving: false, lag_minutes: -480 }, names, units),
  ).toBe("Pour starts with the start of Dig, 1d earlier.");
  expect(
    linkSentence({ ...link, lag_minutes: 50, lag_kind: "PERCENT", driving: false }, names, units),
  ).toBe("Pour starts after the finish of Dig, 50% of its duration later.");
  expect(
    linkSentence({ ...link, lag_minutes: -50, lag_kind: "ELAPSED_PERCENT" }, names, units),
  ).toBe(
    "Pour starts after the finish of Dig, 50% of its duration earlier by the clock, which sets its date.",
  );
});
