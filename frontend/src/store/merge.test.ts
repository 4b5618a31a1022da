import { describe, expect, it } from "vitest";
import { byOutline, merge } from "./merge";
import { answer, link, plan, row } from "./samples";

const NONE = new Set<number>();
const ids = (tasks: { id: number }[]) => tasks.map((task) => task.id);

describe("merge", () => {
  it("takes the answer's rows and leaves every other row the very same", () => {
    const before = plan();
    const after = merge(before, answer({ tasks: [row(3, "1.2", { name: "Weld" })] }), NONE);
    expect(after.tasks[2]!.name).toBe("Weld");
    expect(after.tasks[1]).toBe(before.tasks[1]);
    expect(after.links).toEqual(before.links);
    expect(after.seq).toBe(11);
  });

  it("takes the project's new dates and keeps its name", () => {
    const project = { start: "2026-03-02T08:00", finish: "2026-04-01T17:00" };
    const after = merge(plan(), answer({ project }), NONE);
    expect(after.project).toMatchObject({ name: "Bridge", finish: "2026-04-01T17:00" });
  });

  it("puts a new task where its number says", () => {
    const tasks = [row(9, "1.2", { parent: 1 }), row(3, "1.3", { parent: 1 })];
    const after = merge(plan(), answer({ tasks }), NONE);
    expect(ids(after.tasks)).toEqual([1, 2, 9, 3, 4]);
  });

  it("drops the removed with their links", () => {
    const after = merge(plan(), answer(), new Set([3]));
    expect(ids(after.tasks)).toEqual([1, 2, 4]);
    expect(after.links).toEqual([]);
  });

  it("replaces all links when the answer brings them", () => {
    const after = merge(plan(), answer({ links: [link(2, 4)] }), NONE);
    expect(after.links).toEqual([link(2, 4)]);
  });

  it("reads the critical path off the rows, in time", () => {
    const tasks = [
      row(4, "2", { critical: true, start: "2026-03-01T08:00" }),
      row(2, "1.1", { critical: true }),
      row(1, "1", { critical: true, summary: true }),
    ];
    expect(merge(plan(), answer({ tasks }), NONE).critical_path).toEqual([4, 2]);
  });
});

it("orders by outline, not by letters", () => {
  const wbs = ["1.10", "2", "1.2", "1", "1.2.1"];
  const sorted = wbs.map((text, at) => row(at, text)).sort(byOutline);
  expect(sorted.map((task) => task.wbs)).toEqual(["1", "1.2", "1.2.1", "1.10", "2"]);
});
