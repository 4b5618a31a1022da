import { describe, expect, it } from "vitest";
import type { Change } from "../kernel/plan";
import { movesOthers, optimistic, removed, still } from "./changes";
import { answer, moved, plan } from "./samples";

const longer: Change[] = [{ op: "set_duration", task: 2, minutes: 960 }];
const ripple = (...ids: number[]) =>
  answer(
    {},
    ids.map((id) => moved(id)),
  ).ripple;

describe("movesOthers", () => {
  it("overlooks the task itself and the summaries above it", () => {
    expect(movesOthers(plan(), longer, ripple())).toBe(false);
    expect(movesOthers(plan(), longer, ripple(2, 1))).toBe(false);
  });

  it("sees another task, here or in another project", () => {
    expect(movesOthers(plan(), longer, ripple(2, 3))).toBe(true);
    expect(movesOthers(plan(), longer, answer({}, [moved(99, 8)]).ripple)).toBe(true);
  });

  it("takes a new row for the task that is being added", () => {
    const added: Change[] = [
      { op: "add_task", name: "Paint", parent: 1, before: null, minutes: 480 },
    ];
    expect(movesOthers(plan(), added, ripple(50, 1))).toBe(false);
    expect(movesOthers(plan(), added, ripple(50, 4))).toBe(true);
  });

  it("counts the successor of a new link as named", () => {
    const linked: Change[] = [{ op: "add_link", pred: 2, succ: 4, kind: "FS" }];
    expect(movesOthers(plan(), linked, ripple(4))).toBe(false);
    expect(movesOthers(plan(), linked, ripple(3))).toBe(true);
  });
});

describe("still", () => {
  it("knows what can move no date", () => {
    expect(still([{ op: "set_name", task: 2, name: "Weld" }])).toBe(true);
    expect(still([{ op: "set_name", task: 2, name: "Weld" }, ...longer])).toBe(false);
  });
});

describe("optimistic", () => {
  it("shows the name at once, and touches nothing else", () => {
    const before = plan();
    const after = optimistic(before, [{ op: "set_name", task: 2, name: "Weld" }]);
    expect(after.tasks[1]!.name).toBe("Weld");
    expect(after.tasks[2]).toBe(before.tasks[2]);
    expect(before.tasks[1]!.name).toBe("Task 2");
  });
});

describe("removed", () => {
  it("takes what lies under a summary along", () => {
    expect(removed(plan(), [{ op: "remove_task", task: 1 }])).toEqual(new Set([1, 2, 3]));
    expect(removed(plan(), longer)).toEqual(new Set());
  });
});
