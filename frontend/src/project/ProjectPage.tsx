import { useEffect } from "react";
import { useSearchParams } from "wouter";
import type { ProjectPlan } from "../kernel/plan";
import { closePlan, openPlan, select, show } from "../store/plan";
import { cancel } from "../store/preview";
import { get, overlay, useStore } from "../store/state";
import { Button } from "../ui/Button";
import { Empty, Problem, Spinner } from "../ui/Empty";
import { say } from "../ui/strings";
import { AddTaskDialog } from "./AddTaskDialog";
import { HistoryPanel } from "./HistoryPanel";
import { LinkDialog } from "./LinkDialog";
import { PlanPane } from "./PlanPane";
import { ProjectHeader } from "./ProjectHeader";
import { RippleBar } from "./RippleBar";
import { TaskPanel } from "./TaskPanel";
import { Toolbar } from "./Toolbar";
import { WhyPanel } from "./WhyPanel";

/** Escape gives up the change shown, else closes the panel; a field or a dialog has it first. */
function useEscape(): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || get().overlay) return;
      if (get().preview) cancel();
      else if (get().panel) show(null);
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
}

/** A link to a task of the project, as from a product's feature, selects it once the plan is here. */
function useAskedTask(ready: boolean): void {
  const [asked] = useSearchParams();
  const task = Number(asked.get("task"));
  useEffect(() => {
    if (ready && task) select(task);
  }, [ready, task]);
}

function SidePanel({ plan }: { plan: ProjectPlan }) {
  const panel = useStore((state) => state.panel);
  if (panel === "why") return <WhyPanel plan={plan} />;
  if (panel === "history") return <HistoryPanel plan={plan} />;
  return panel === "task" ? <TaskPanel plan={plan} /> : null;
}

function Dialogs({ plan }: { plan: ProjectPlan }) {
  const shown = useStore((state) => state.overlay);
  const close = () => overlay(null);
  if (shown === "add") return <AddTaskDialog plan={plan} onClose={close} />;
  return shown === "link" ? <LinkDialog plan={plan} onClose={close} /> : null;
}

function Nothing({ plan }: { plan: ProjectPlan }) {
  return (
    <Empty title={say("project.empty")} hint={say("project.empty-hint")}>
      {plan.project.may_edit && (
        <Button tone="main" onClick={() => overlay("add")}>
          {say("task.add")}
        </Button>
      )}
    </Empty>
  );
}

function Open({ plan }: { plan: ProjectPlan }) {
  useEscape();
  return (
    <section className="project" aria-label={say("project.plan", { name: plan.project.name })}>
      <div className="project-bar">
        <ProjectHeader plan={plan} />
        <Toolbar plan={plan} />
      </div>
      <div className="project-body">
        <div className="project-plan">
          {plan.tasks.length ? <PlanPane plan={plan} /> : <Nothing plan={plan} />}
          <RippleBar />
        </div>
        <SidePanel plan={plan} />
      </div>
      <Dialogs plan={plan} />
    </section>
  );
}

export function ProjectPage({ id }: { id: number }) {
  const plan = useStore((state) => (state.plan?.project.id === id ? state.plan : null));
  const problem = useStore((state) => state.planProblem);
  useEffect(() => {
    void openPlan(id);
    return closePlan;
  }, [id]);
  useAskedTask(plan !== null);
  if (problem) return <Problem problem={problem} retry={() => void openPlan(id)} />;
  return plan ? <Open plan={plan} /> : <Spinner />;
}
