import * as api from "../api/calls";
import { ApiProblem } from "../api/problem";
import type { Tree, TreeNode } from "../api/types";
import { set } from "./state";

const SETTLE_MS = 300;
let waiting: ReturnType<typeof setTimeout> | undefined;

export async function loadTree(): Promise<void> {
  try {
    set({ tree: await api.readTree(), treeProblem: null });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    set(error.status === 401 ? { session: null } : { treeProblem: error });
  }
}

/** Read the roll-ups again once a burst of changes is over. */
export function refreshTree(): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => void loadTree(), SETTLE_MS);
}

/** Children of a node; the roots are those whose parent is not among what the reader may see. */
export function children(tree: Tree, parent: number | null): TreeNode[] {
  const known = new Set(tree.nodes.map((node) => node.id));
  const shown = (node: TreeNode) =>
    node.parent !== null && known.has(node.parent) ? node.parent : null;
  return tree.nodes.filter((node) => shown(node) === parent);
}

/** From the root down to the node itself. */
export function trail(tree: Tree, id: number): TreeNode[] {
  const byId = new Map(tree.nodes.map((node) => [node.id, node]));
  const found: TreeNode[] = [];
  for (let node = byId.get(id); node; node = byId.get(node.parent ?? -1)) found.unshift(node);
  return found;
}
