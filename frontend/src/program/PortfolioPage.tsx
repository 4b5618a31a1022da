import type { CSSProperties } from "react";
import { BriefcaseBusiness, ChevronRight, Folder, GanttChart } from "lucide-react";
import { Link, useLocation } from "wouter";
import type { NodeKind, Tree } from "../api/types";
import { fold, overlay, useStore } from "../store/state";
import { loadTree } from "../store/tree";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { date } from "../ui/dates";
import { Empty, Problem, Spinner } from "../ui/Empty";
import { Health, Progress } from "../ui/Status";
import { say, type Key } from "../ui/strings";
import { shownRows, type OutlineRow } from "./outline";

const ICONS: Record<NodeKind, typeof Folder> = {
  portfolio: BriefcaseBusiness,
  program: Folder,
  project: GanttChart,
};

const COLUMNS: [Key, string][] = [
  ["column.name", ""],
  ["column.manager", "wide-only"],
  ["column.start", "wide-only number"],
  ["column.finish", "number"],
  ["column.progress", "wide-only"],
  ["column.tasks", "wide-only number"],
  ["column.health", ""],
];

function NameCell({ row: { node, level, folded, parent } }: { row: OutlineRow }) {
  const Icon = ICONS[node.kind];
  const label = say(folded ? "portfolio.expand" : "portfolio.collapse", { name: node.name });
  return (
    <th scope="row" style={{ "--level": level } as CSSProperties} className="outline">
      <span className="cell-name">
        {parent ? (
          <button
            type="button"
            className="fold"
            aria-expanded={!folded}
            aria-label={label}
            onClick={() => fold("portfolio", node.id)}
          >
            <ChevronRight aria-hidden="true" />
          </button>
        ) : (
          <span className="fold" />
        )}
        <Icon aria-hidden="true" />
        {node.kind === "project" ? (
          <Link href={`/projects/${node.id}`}>{node.name}</Link>
        ) : (
          <span className="cell-group">{node.name}</span>
        )}
        <span className="cell-kind">{say(`kind.${node.kind}`)}</span>
      </span>
    </th>
  );
}

function Row({ row }: { row: OutlineRow }) {
  const [, go] = useLocation();
  const { node } = row;
  const open = () => node.kind === "project" && go(`/projects/${node.id}`);
  return (
    <tr className={`row-${node.kind}`} onDoubleClick={open}>
      <NameCell row={row} />
      <td className="wide-only">{node.manager && <Avatar name={node.manager.name} label />}</td>
      <td className="wide-only number">{date(node.start)}</td>
      <td className="number">{date(node.finish)}</td>
      <td className="wide-only">
        <Progress percent={node.percent_complete} />
      </td>
      <td className="wide-only number">{node.tasks}</td>
      <td>{node.tasks + node.milestones > 0 && <Health {...node} />}</td>
    </tr>
  );
}

function Table({ tree }: { tree: Tree }) {
  const folded = useStore((state) => state.folded.portfolio);
  return (
    <table className="table">
      <caption className="sr-only">{say("portfolio.caption")}</caption>
      <thead>
        <tr>
          {COLUMNS.map(([title, style]) => (
            <th key={title} scope="col" className={style}>
              {say(title)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shownRows(tree, folded).map((row) => (
          <Row key={row.node.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Nothing() {
  const may = useStore((state) => state.session?.may.import);
  return (
    <Empty title={say("portfolio.empty")} hint={say("portfolio.empty-hint")}>
      {may && (
        <Button tone="main" onClick={() => overlay("import")}>
          {say("nav.import")}
        </Button>
      )}
    </Empty>
  );
}

export function PortfolioPage() {
  const tree = useStore((state) => state.tree);
  const problem = useStore((state) => state.treeProblem);
  if (problem) return <Problem problem={problem} retry={() => void loadTree()} />;
  if (!tree) return <Spinner />;
  const projects = tree.nodes.some((node) => node.kind === "project");
  return (
    <section className="page">
      <h1 className="page-title">{say("portfolio.title")}</h1>
      {tree.nodes.length > 0 && <Table tree={tree} />}
      {!projects && <Nothing />}
    </section>
  );
}
