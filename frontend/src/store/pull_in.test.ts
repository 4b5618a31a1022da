import { beforeEach, describe, expect, it, vi } from "vitest";
import * as api from "../api/calls";
import { ApiProblem } from "../api/problem";
import type { PullIn, PullInOption } from "../api/types";
import { askPullIn, forgetPullIn, previewable, ranked } from "./pull_in";
import { plan } from "./samples";
import { BLANK, get, set } from "./state";

vi.mock("../api/calls");

const read = vi.mocked(api.readPullIn);

function option(task: number, more: Partial<PullInOption> = {}): PullInOption {
  return {
    changes: [{ op: "set_duration", task, minutes: 480 }],
    deeds: [`Shorten ${task}`],
    gain_minutes: 480,
    finish: "2026-03-03T17:00",
    cost_minutes: 480,
    decision: false,
    meets: true,
    sentence: `Shorten ${task}: it finishes 1d earlier.`,
    then: null,
    ...more,
  };
}

function answer(more: Partial<PullIn> = {}): PullIn {
  return {
    task: 4,
    goal_minutes: 480,
    finish: "2026-03-04T17:00",
    sentence: "",
    options: [option(2), option(3)],
    combination: option(2),
    furthest: null,
    in_the_way: [],
    ...more,
  };
}

beforeEach(() => {
  vi.resetAllMocks();
  set({ ...BLANK, plan: plan() });
});

describe("askPullIn", () => {
  it("keeps the answer with the plan that it is about", async () => {
    read.mockResolvedValue(answer());
    const asked = askPullIn(4, 2);
    expect(get().pullIn).toEqual({ task: 4, days: 2, seq: 10, answer: null });
    await asked;
    expect(read.mock.calls.map(([task, days]) => [task, days])).toEqual([[4, 2]]);
    expect(get().pullIn).toEqual({ task: 4, days: 2, seq: 10, answer: answer() });
  });

  it("answers the last question only", async () => {
    const slow = Promise.withResolvers<PullIn>();
    read.mockImplementationOnce(async (_task, _days, signal) => {
      signal.addEventListener("abort", () => slow.reject(new DOMException("", "AbortError")));
      return slow.promise;
    });
    read.mockResolvedValueOnce(answer());
    const first = askPullIn(4, 1);
    await Promise.all([first, askPullIn(4, 3)]);
    expect(get().pullIn).toMatchObject({ days: 3, answer: answer() });
  });

  it("tells what was refused, and forgets the question", async () => {
    read.mockRejectedValue(new ApiProblem(404, { code: "missing", detail: "Not there." }));
    await askPullIn(4, 1);
    expect(get().pullIn).toBeNull();
    expect(get().toasts).toHaveLength(1);
  });

  it("says nothing where nobody waits any more", async () => {
    const slow = Promise.withResolvers<PullIn>();
    read.mockReturnValueOnce(slow.promise);
    const asked = askPullIn(4, 1);
    forgetPullIn();
    expect(read.mock.calls[0]?.[2].aborted).toBe(true);
    slow.reject(new ApiProblem(500, {}));
    await asked;
    expect(get()).toMatchObject({ pullIn: null, toasts: [] });
  });

  it("asks nothing without a plan", async () => {
    set({ plan: null });
    await askPullIn(4, 1);
    expect(read).not.toHaveBeenCalled();
  });
});

describe("previewable", () => {
  it("takes changes of the plan, and none where somebody's leave is among them", () => {
    expect(previewable(option(2))).toEqual(option(2).changes);
    const leave = { op: "remove_absence", resource: 1, first: "", last: "", name: "" } as const;
    expect(previewable(option(2, { changes: [...option(2).changes, leave] }))).toBeNull();
  });
});

describe("ranked", () => {
  it("tells the combination once", () => {
    expect(ranked(answer())).toEqual({ first: option(2), others: [option(3)] });
  });

  it("tells how far it goes where the goal is not met", () => {
    const short = answer({ combination: null, furthest: option(3), options: [] });
    expect(ranked(short)).toEqual({ first: option(3), others: [] });
    expect(ranked({ ...short, furthest: null })).toEqual({ first: null, others: [] });
  });
});
