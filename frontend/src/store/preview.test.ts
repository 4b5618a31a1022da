import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as api from "../api/calls";
import { ApiProblem } from "../api/problem";
import type { ChangeAnswer } from "../api/types";
import type { Change } from "../kernel/plan";
import { again, apply, cancel, decide, propose, weigh } from "./preview";
import { answer, moved, plan, row } from "./samples";
import { BLANK, get, set } from "./state";

vi.mock("../api/calls");

const previewed = vi.mocked(api.previewChanges);
const committed = vi.mocked(api.commitChanges);
const read = vi.mocked(api.readProject);

const longer = (minutes: number): Change[] => [{ op: "set_duration", task: 2, minutes }];
const alone = answer({ entry: null }, [moved(2)]);
const spreading = answer({ entry: null }, [moved(2), moved(3), moved(4)]);
const written = answer({ tasks: [row(2, "1.1", { parent: 1, duration_minutes: 960 })] });

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  set({ ...BLANK, plan: plan() });
  vi.mocked(api.readTree).mockResolvedValue({ seq: 11, today: "", nodes: [] });
});

afterEach(() => {
  cancel();
  vi.useRealTimers();
});

describe("propose", () => {
  it("asks once the pointer rests, for the last place only", async () => {
    previewed.mockResolvedValue(spreading);
    propose(longer(480));
    propose(longer(960));
    await vi.advanceTimersByTimeAsync(100);
    expect(previewed.mock.calls.map(([, changes]) => changes)).toEqual([longer(960)]);
    expect(get().preview).toMatchObject({ phase: "proposed", answer: spreading });
  });

  it("lets no late answer overwrite a newer one", async () => {
    const slow = Promise.withResolvers<ChangeAnswer>();
    previewed.mockImplementationOnce(async (_id, _changes, signal) => {
      signal.addEventListener("abort", () => slow.reject(new DOMException("", "AbortError")));
      return slow.promise;
    });
    previewed.mockResolvedValueOnce(spreading);
    propose(longer(480));
    await vi.advanceTimersByTimeAsync(100);
    propose(longer(960));
    await vi.advanceTimersByTimeAsync(100);
    expect(get().preview).toMatchObject({ changes: longer(960), answer: spreading });
  });

  it("asks nothing for a bar that is back where it was", async () => {
    propose(longer(480));
    propose([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(previewed).not.toHaveBeenCalled();
    expect(get().preview).toBeNull();
  });
});

describe("decide", () => {
  it("writes at once what moves nothing else, and merges the row", async () => {
    previewed.mockResolvedValue(alone);
    committed.mockResolvedValue(written);
    await decide(longer(960));
    expect(committed).toHaveBeenCalledWith(7, longer(960), 10);
    expect(get().plan!.tasks[1]!.duration_minutes).toBe(960);
    expect(get()).toMatchObject({ preview: null, own: [11], writing: 0 });
    expect(get().toasts[0]).toMatchObject({ text: "“Task 2” now takes 2d" });
  });

  it("waits for Apply where others move", async () => {
    previewed.mockResolvedValue(spreading);
    await decide(longer(960));
    expect(committed).not.toHaveBeenCalled();
    expect(get().preview).toMatchObject({ phase: "ready", answer: spreading });
    committed.mockResolvedValue(written);
    await apply();
    expect(committed).toHaveBeenCalledOnce();
    expect(get().preview).toBeNull();
  });

  it("leaves the plan alone when it is given up", async () => {
    previewed.mockResolvedValue(spreading);
    await decide(longer(960));
    cancel();
    expect(committed).not.toHaveBeenCalled();
    expect(get()).toMatchObject({ preview: null, plan: plan() });
  });

  it("says every reason of a refusal", async () => {
    const errors = [
      { code: "link.cycle", severity: "error" as const, message: "A → A", place: "" },
    ];
    previewed.mockRejectedValue(new ApiProblem(422, { detail: "Cannot be done.", errors }));
    await decide([{ op: "add_link", pred: 3, succ: 2, kind: "FS" }]);
    expect(get().preview).toBeNull();
    expect(get().toasts[0]).toMatchObject({ text: "Cannot be done.", details: ["A → A"] });
  });

  it("shows a new name before the server answers, and takes it back when refused", async () => {
    const asked = Promise.withResolvers<ChangeAnswer>();
    committed.mockReturnValue(asked.promise);
    read.mockResolvedValue(plan());
    const done = decide([{ op: "set_name", task: 2, name: "Weld" }]);
    expect(get().plan!.tasks[1]!.name).toBe("Weld");
    asked.reject(new ApiProblem(422, { detail: "Too long." }));
    await done;
    expect(get().plan!.tasks[1]!.name).toBe("Task 2");
    expect(get().toasts[0]!.text).toBe("Too long.");
  });

  it("shows the plan anew when somebody else changed it first", async () => {
    const fresh = plan({ seq: 20 });
    previewed.mockResolvedValue(alone);
    committed.mockRejectedValue(new ApiProblem(409, { code: "plan.moved" }));
    read.mockResolvedValue(fresh);
    await decide(longer(960));
    expect(get().plan).toBe(fresh);
    expect(get().toasts).toHaveLength(1);
    expect(get().preview).toBeNull();
  });
});

describe("again", () => {
  it("computes a waiting preview afresh on the plan as it is now", async () => {
    previewed.mockResolvedValueOnce(spreading).mockResolvedValueOnce(alone);
    await decide(longer(960));
    await again();
    expect(get().preview).toMatchObject({ phase: "ready", answer: alone });
  });
});

describe("weigh", () => {
  it("waits for Apply even where nothing else moves", async () => {
    previewed.mockResolvedValue(alone);
    await weigh(longer(960));
    expect(committed).not.toHaveBeenCalled();
    expect(get().preview).toMatchObject({ phase: "ready", changes: longer(960), answer: alone });
    cancel();
    expect(get().preview).toBeNull();
  });

  it("tells what is refused, and leaves nothing behind", async () => {
    previewed.mockRejectedValue(new ApiProblem(422, { code: "x", detail: "It has finished." }));
    await weigh(longer(960));
    expect(get().preview).toBeNull();
    expect(get().toasts[0]).toMatchObject({ text: "It has finished.", tone: "problem" });
  });
});
