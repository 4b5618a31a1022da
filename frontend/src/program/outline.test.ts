import { expect, it } from "vitest";
import type { Tree, TreeNode } from "../api/types";
import { shownRows } from "./outline";

const node = (id: number, parent: number | null) => ({ id, parent }) as TreeNode;
const tree: Tree = {
  seq: 1,
  today: "",
  nodes: [node(1, null), node(2, 1), node(3, 2), node(4, 1)],
};
const shown = (folded: number[]) =>
  shownRows(tree, new Set(folded)).map((row) => [row.node.id, row.level]);

it("lists the tree top down, and hides what lies under a fold", () => {
  expect(shown([])).toEqual([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 1],
  ]);
  expect(shown([2])).toEqual([
    [1, 0],
    [2, 1],
    [4, 1],
  ]);
});

it("takes for a root what stands under something that the reader may not see", () => {
  const partial = { ...tree, nodes: [node(3, 99)] };
  expect(shownRows(partial, new Set()).map((row) => row.level)).toEqual([0]);
});
