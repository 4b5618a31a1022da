import { BriefcaseBusiness, ChevronRight, Package, Upload, Users } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useRoute } from "wouter";
import type { Tree, TreeNode } from "../api/types";
import { fold, overlay, useStore } from "../store/state";
import { children } from "../store/tree";
import { Button } from "../ui/Button";
import { say } from "../ui/strings";
import { PLACES, projectPath } from "./places";

const ICONS = [BriefcaseBusiness, Package, Users];

interface NavLinkProps {
  path: string;
  onGo?: (() => void) | undefined;
  children: ReactNode;
}

function NavLink({ path, onGo, children: shown }: NavLinkProps) {
  const [here] = useRoute(path);
  return (
    <Link
      href={path}
      className="nav-link"
      aria-current={here ? "page" : undefined}
      {...(onGo ? { onClick: onGo } : {})}
    >
      {shown}
    </Link>
  );
}

interface BranchProps {
  tree: Tree;
  node: TreeNode;
  onGo?: (() => void) | undefined;
}

function Branch({ tree, node, onGo }: BranchProps) {
  const folded = useStore((state) => state.folded.nav.has(node.id));
  if (node.kind === "project") {
    return (
      <li>
        <NavLink path={projectPath(node.id)} onGo={onGo}>
          <span className="nav-name">{node.name}</span>
        </NavLink>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className="nav-fold"
        aria-expanded={!folded}
        onClick={() => fold("nav", node.id)}
      >
        <ChevronRight aria-hidden="true" />
        <span className="nav-name">{node.name}</span>
      </button>
      {!folded && <Branches tree={tree} parent={node.id} onGo={onGo} />}
    </li>
  );
}

function Branches({ tree, parent, onGo }: Omit<BranchProps, "node"> & { parent: number | null }) {
  return (
    <ul className="nav-tree">
      {children(tree, parent).map((node) => (
        <Branch key={node.id} tree={tree} node={node} onGo={onGo} />
      ))}
    </ul>
  );
}

/** A lone portfolio is the whole tree, and goes without saying. */
function top(tree: Tree): number | null {
  const roots = children(tree, null);
  return roots.length === 1 && roots[0]!.kind === "portfolio" ? roots[0]!.id : null;
}

export function Sidebar({ onGo }: { onGo?: () => void }) {
  const tree = useStore((state) => state.tree);
  const session = useStore((state) => state.session);
  return (
    <nav className="sidebar" aria-label={say("nav.label")}>
      <p className="sidebar-title">{session?.workspace.name}</p>
      <ul className="nav-places">
        {PLACES.map(({ path, title }, at) => {
          const Icon = ICONS[at]!;
          return (
            <li key={path}>
              <NavLink path={path} onGo={onGo}>
                <Icon aria-hidden="true" />
                {say(title)}
              </NavLink>
            </li>
          );
        })}
      </ul>
      <h2 className="sidebar-heading">{say("nav.projects")}</h2>
      <div className="sidebar-scroll">
        {tree && <Branches tree={tree} parent={top(tree)} onGo={onGo} />}
      </div>
      {session?.may.import && (
        <Button tone="quiet" className="sidebar-import" onClick={() => overlay("import")}>
          <Upload aria-hidden="true" />
          {say("nav.import")}
        </Button>
      )}
    </nav>
  );
}
