import { X } from "lucide-react";
import { useId, type ReactNode } from "react";
import { show } from "../store/plan";
import { IconButton } from "../ui/Button";
import { say } from "../ui/strings";

/** What stands at the right of the plan; the page closes it on Escape. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <aside className="panel" aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        <IconButton label={say("close")} onClick={() => show(null)}>
          <X />
        </IconButton>
      </header>
      <div className="panel-body">{children}</div>
    </aside>
  );
}
