import { beforeEach, expect, it } from "vitest";
import { ApiProblem } from "../api/problem";
import { BLANK, get, set } from "./state";
import { dismiss, tell, toast } from "./toasts";

const undo = { action: { label: "Undo", run: () => undefined } };
const texts = () => get().toasts.map((shown) => shown.text);

beforeEach(() => set(BLANK));

it("offers Undo only for the latest change", () => {
  toast("Bob moved the roof");
  toast("First", undo);
  toast("Second", undo);
  expect(texts()).toEqual(["Bob moved the roof", "Second"]);
});

it("shows no more than three, and lets go of what is dismissed", () => {
  const ids = ["a", "b", "c", "d"].map((text) => toast(text));
  expect(texts()).toEqual(["b", "c", "d"]);
  dismiss(ids[2]!);
  expect(texts()).toEqual(["b", "d"]);
});

it("tells a refusal, passes over an abort, and lets a fault of ours go on up", () => {
  tell(new ApiProblem(422, { detail: "No." }));
  tell(new DOMException("", "AbortError"));
  expect(texts()).toEqual(["No."]);
  expect(() => tell(new TypeError("bug"))).toThrow("bug");
});
