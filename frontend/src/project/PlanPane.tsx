import { useMemo, type KeyboardEvent, type MouseEvent } from "react";
import { PlanView } from "../grid/PlanView";
import type { ProjectPlan, Ripple } from "../kernel/plan";
import { askWhy, select, show } from "../store/plan";
import { cancel, decide, propose } from "../store/preview";
import { rows } from "../store/rows";
import { get, useStore } from "../store/state";

const NOTHING: number[] = [];

/** The plan as it is, or without the mark of the critical path where the reader wants calm. */
function useShown(plan: ProjectPlan): ProjectPlan {
  const critical = useStore((state) => state.critical);
  return useMemo(() => {
    if (critical) return plan;
    const tasks = plan.tasks.map((task) => (task.critical ? { ...task, critical: false } : task));
    return { ...plan, tasks };
  }, [plan, critical]);
}

/** The tasks of the Why chain, while its panel is open. */
function useChain(): number[] {
  const why = useStore((state) => (state.panel === "why" ? state.why : null));
  return useMemo(
    () => why?.steps.flatMap(({ task }) => (task === null ? [] : [task])) ?? NOTHING,
    [why],
  );
}

/** The ripple as the Gantt can draw it: what a change makes or removes has no place before or after. */
function useRipple(): { ripple: Ripple } | null {
  const ripple = useStore((state) => state.preview?.answer?.ripple ?? null);
  return useMemo(() => {
    const moved = ripple?.moved.filter((task) => task.start_before && task.start_after) ?? [];
    return ripple && { ripple: { ...ripple, moved } };
  }, [ripple]);
}

/** Space, or a double click on a bar, opens the selected task. */
function openSelected(plan: ProjectPlan): void {
  const { selected } = get();
  if (selected !== null && rows(plan).task.has(selected)) show("task");
}

export function PlanPane({ plan }: { plan: ProjectPlan }) {
  const selected = useStore((state) => state.selected);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== " " || event.defaultPrevented) return;
    if (event.target instanceof HTMLElement && event.target.closest("input, button")) return;
    event.preventDefault();
    openSelected(plan);
  };
  const onDoubleClick = (event: MouseEvent) => {
    if (event.target instanceof HTMLCanvasElement) openSelected(plan);
  };
  return (
    <div className="plan-pane" onKeyDown={onKeyDown} onDoubleClick={onDoubleClick}>
      <PlanView
        plan={useShown(plan)}
        selected={selected}
        onSelect={select}
        preview={useRipple()}
        highlight={useChain()}
        onPropose={propose}
        onDrop={(changes) => void decide(changes)}
        onCancel={cancel}
        onEdit={(changes) => void decide(changes)}
        onWhy={(task, field) => void askWhy(task, field)}
      />
    </div>
  );
}
