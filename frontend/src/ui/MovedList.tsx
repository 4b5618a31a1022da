import type { MovedTask, Ripple } from "../kernel/plan";
import { day } from "./dates";
import { say } from "./strings";

const SHOWN = 200;

function Moved({ moved }: { moved: MovedTask }) {
  return (
    <li>
      <span className="moved-name">{moved.name ?? say("ripple.hidden")}</span>
      <span className="moved-dates">
        {day(moved.finish_before)} → {day(moved.finish_after)}
      </span>
    </li>
  );
}

/** What a change moves, each with its finish before and after. */
export function MovedList({ ripple }: { ripple: Ripple }) {
  const rest = ripple.moved.length - SHOWN;
  return (
    <ul className="moved" aria-label={say("ripple.list")}>
      {ripple.moved.slice(0, SHOWN).map((moved) => (
        <Moved key={moved.id} moved={moved} />
      ))}
      {rest > 0 && <li className="faint">+ {rest}</li>}
    </ul>
  );
}
