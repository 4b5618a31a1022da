import { expect, it } from "vitest";
import { search } from "./search";

const names = ["Pour slab", "Slab survey", "Order résine", "Subslab drain"];
const find = (query: string) => search(names, (name) => name, query);

it("puts what begins with the query first, then words, then the rest", () => {
  expect(find("slab")).toEqual(["Slab survey", "Pour slab", "Subslab drain"]);
});

it("wants every word, in any order", () => {
  expect(find("slab pour")).toEqual(["Pour slab"]);
  expect(find("slab order")).toEqual([]);
});

it("reads over accents and case", () => {
  expect(find("RESINE")).toEqual(["Order résine"]);
});

it("never gives more than a screen", () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `Task ${n}`);
  expect(search(many, (name) => name, "")).toHaveLength(20);
  expect(search(many, (name) => name, "task")).toHaveLength(20);
});
