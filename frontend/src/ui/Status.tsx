import { AlertTriangle, Check, Route } from "lucide-react";
import { count, say } from "./strings";

/** Critical and late, each a shape and a word before it is a colour. */
export function Health({ critical, late }: { critical: number; late: number }) {
  return (
    <span className="health">
      {late > 0 && (
        <span className="chip chip-late">
          <AlertTriangle aria-hidden="true" />
          {count("late", late)}
        </span>
      )}
      {critical > 0 && (
        <span className="chip chip-critical">
          <Route aria-hidden="true" />
          {count("critical", critical)}
        </span>
      )}
      {late === 0 && critical === 0 && (
        <span className="chip chip-ok">
          <Check aria-hidden="true" />
          {say("on-time")}
        </span>
      )}
    </span>
  );
}

const percentage = new Intl.NumberFormat(undefined, { style: "percent" });

export function Progress({ percent }: { percent: number }) {
  const n = Math.round(percent);
  return (
    <span className="progress" role="img" aria-label={say("progress.label", { n })}>
      <span className="progress-track">
        <span className="progress-done" style={{ inlineSize: `${n}%` }} />
      </span>
      <span aria-hidden="true">{percentage.format(n / 100)}</span>
    </span>
  );
}
