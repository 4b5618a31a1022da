import type { ReactNode } from "react";
import { History, Link2, PanelRight, Plus, Route } from "lucide-react";
import type { ProjectPlan } from "../kernel/plan";
import { show } from "../store/plan";
import { overlay, set, useStore, type Panel } from "../store/state";
import { Button } from "../ui/Button";
import { say } from "../ui/strings";

function Edits() {
  return (
    <>
      <Button onClick={() => overlay("add")}>
        <Plus aria-hidden="true" />
        {say("task.add")}
      </Button>
      <Button tone="quiet" onClick={() => overlay("link")}>
        <Link2 aria-hidden="true" />
        <span>{say("link.add")}</span>
      </Button>
    </>
  );
}

function PanelToggle({ panel, label, icon, disabled = false }: PanelToggleProps) {
  const open = useStore((state) => state.panel === panel);
  return (
    <Button
      tone="quiet"
      aria-pressed={open}
      disabled={disabled}
      onClick={() => show(open ? null : panel)}
    >
      {icon}
      <span>{label}</span>
    </Button>
  );
}

interface PanelToggleProps {
  panel: Panel;
  label: string;
  icon: ReactNode;
  disabled?: boolean;
}

export function Toolbar({ plan }: { plan: ProjectPlan }) {
  const critical = useStore((state) => state.critical);
  const selected = useStore((state) => state.selected !== null);
  return (
    <div className="tools" role="toolbar" aria-label={say("project.tools")}>
      {plan.project.may_edit && <Edits />}
      <span className="tools-gap" />
      <Button tone="quiet" aria-pressed={critical} onClick={() => set({ critical: !critical })}>
        <Route aria-hidden="true" />
        <span>{say("critical.show")}</span>
      </Button>
      <PanelToggle panel="history" label={say("history.title")} icon={<History />} />
      <PanelToggle
        panel="task"
        label={say("task.title")}
        icon={<PanelRight />}
        disabled={!selected}
      />
    </div>
  );
}
