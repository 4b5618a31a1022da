import type { WhyStep } from "../api/types";
import type { ProjectPlan } from "../kernel/plan";
import { select } from "../store/plan";
import { rows } from "../store/rows";
import { useStore } from "../store/state";
import { fullDate } from "../ui/dates";
import { Spinner } from "../ui/Empty";
import { say } from "../ui/strings";
import { spellLag } from "./lag";
import { Panel } from "./Panel";
import { PullIn } from "./PullIn";

interface StepProps {
  step: WhyStep;
  root: boolean;
  plan: ProjectPlan;
}

function StepName({ step, plan }: Omit<StepProps, "root">) {
  const name = step.name ?? (step.task === null ? null : say("why.hidden"));
  if (name === null) return null;
  const { task } = step;
  if (task === null || !rows(plan).task.has(task)) return <strong>{name}</strong>;
  return (
    <button type="button" className="text-button" onClick={() => select(task)}>
      {name}
    </button>
  );
}

function Step({ step, root, plan }: StepProps) {
  const { link } = step;
  const lag = link ? spellLag(link.lag_minutes, plan.project) : "";
  return (
    <li className={root ? "why-step why-root" : "why-step"}>
      <p className="why-head">
        <span className={`chip reason-${step.reason}`}>{say(`why.reason.${step.reason}`)}</span>
        <StepName step={step} plan={plan} />
        <time dateTime={step.at}>{fullDate(step.at)}</time>
      </p>
      <p>{step.sentence}</p>
      {link && link.lag_minutes !== 0 && (
        <p className="faint">{say("why.link", { kind: say(`link.${link.kind}`), lag })}</p>
      )}
      {root && <p className="why-cause">{say("why.root")}</p>}
    </li>
  );
}

/** The chain from the asked date down to what set it off. */
export function WhyPanel({ plan }: { plan: ProjectPlan }) {
  const why = useStore((state) => state.why);
  return (
    <Panel title={say("why.title")}>
      {why ? (
        <>
          <p className="why-sentence">{why.sentence}</p>
          <h3>{say("why.chain")}</h3>
          <ol className="why">
            {why.steps.map((step, at) => (
              <Step key={at} step={step} plan={plan} root={at === why.steps.length - 1} />
            ))}
          </ol>
          <PullIn key={why.task} task={why.task} plan={plan} />
        </>
      ) : (
        <Spinner />
      )}
    </Panel>
  );
}
