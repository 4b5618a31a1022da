import { History, Link2, Maximize, Plus, Route, ZoomIn, ZoomOut } from "lucide-react";
import type { ProjectPlan } from "../kernel/plan";
import { show } from "../store/plan";
import { overlay, set, useStore } from "../store/state";
import { Button, IconButton } from "../ui/Button";
import { say } from "../ui/strings";
import { zoom } from "./planHandle";

function Zoom() {
  return (
    <>
      <IconButton label={say("zoom.out")} onClick={() => zoom("out")}>
        <ZoomOut />
      </IconButton>
      <IconButton label={say("zoom.in")} onClick={() => zoom("in")}>
        <ZoomIn />
      </IconButton>
      <IconButton label={say("zoom.fit")} onClick={() => zoom("fit")}>
        <Maximize />
      </IconButton>
    </>
  );
}

function Edits() {
  return (
    <>
      <Button onClick={() => overlay("add")}>
        <Plus aria-hidden="true" />
        {say("task.add")}
      </Button>
      <Button tone="quiet" onClick={() => overlay("link")}>
        <Link2 aria-hidden="true" />
        {say("link.add")}
      </Button>
    </>
  );
}

export function Toolbar({ plan }: { plan: ProjectPlan }) {
  const critical = useStore((state) => state.critical);
  const panel = useStore((state) => state.panel);
  return (
    <div className="tools" role="toolbar" aria-label={say("project.tools")}>
      {plan.project.may_edit && <Edits />}
      <span className="tools-gap" />
      <Button tone="quiet" aria-pressed={critical} onClick={() => set({ critical: !critical })}>
        <Route aria-hidden="true" />
        {say("critical.show")}
      </Button>
      <Button
        tone="quiet"
        aria-pressed={panel === "history"}
        onClick={() => show(panel === "history" ? null : "history")}
      >
        <History aria-hidden="true" />
        {say("history.title")}
      </Button>
      <span className="tools-line" />
      <Zoom />
    </div>
  );
}
