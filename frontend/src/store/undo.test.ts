import { beforeEach, expect, it, vi } from "vitest";
import * as api from "../api/calls";
import { ApiProblem } from "../api/problem";
import { answer, plan } from "./samples";
import { BLANK, get, set } from "./state";
import { redo, undo } from "./undo";

vi.mock("../api/calls");

const deed = { entry: 11, sentence: "Moved “Roof”" };
const done = { entry: 12, ripple: answer().ripple };

beforeEach(() => {
  vi.resetAllMocks();
  set({ ...BLANK, plan: plan() });
  vi.mocked(api.readTree).mockResolvedValue({ seq: 12, today: "", nodes: [] });
});

it("says what was undone, offers to redo it, and reads the plan that it touched", async () => {
  const fresh = plan({ seq: 12 });
  vi.mocked(api.undo).mockResolvedValue({ ...done, undone: deed, projects: [7] });
  vi.mocked(api.readProject).mockResolvedValue(fresh);
  await undo();
  expect(get().plan).toBe(fresh);
  expect(get().own).toEqual([12]);
  expect(get().toasts[0]).toMatchObject({
    text: "Undone: Moved “Roof”",
    action: { label: "Redo" },
  });
});

it("leaves an untouched plan as it is", async () => {
  vi.mocked(api.redo).mockResolvedValue({ ...done, redone: deed, projects: [8] });
  await redo();
  expect(api.readProject).not.toHaveBeenCalled();
});

it("tells why nothing can be undone", async () => {
  const detail = "Bob has changed it since: Moved “Roof”.";
  vi.mocked(api.undo).mockRejectedValue(new ApiProblem(409, { code: "undo.overtaken", detail }));
  await undo();
  expect(get().toasts).toMatchObject([{ text: detail, tone: "problem" }]);
  expect(get().writing).toBe(0);
});
