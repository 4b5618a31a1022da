import type { Tree, TreeNode } from "../api/types";
import { children } from "../store/tree";

export interface OutlineRow {
  node: TreeNode;
  level: number;
  parent: boolean;
  folded: boolean;
}

/** The tree as rows, top down, without what lies under a folded node. */
export function shownRows(
  tree: Tree,
  folded: ReadonlySet<number>,
  under: number | null = null,
  level = 0,
): OutlineRow[] {
  return children(tree, under).flatMap((node) => {
    const row = {
      node,
      level,
      parent: children(tree, node.id).length > 0,
      folded: folded.has(node.id),
    };
    return row.folded ? [row] : [row, ...shownRows(tree, folded, node.id, level + 1)];
  });
}
