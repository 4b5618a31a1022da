import { useEffect, useId, useRef, type FormEvent } from "react";
import type { PullIn as Answer, PullInOption } from "../api/types";
import { spellDuration } from "../kernel/duration";
import type { ProjectPlan } from "../kernel/plan";
import { weigh } from "../store/preview";
import { askPullIn, forgetPullIn, previewable, ranked } from "../store/pull_in";
import { rows } from "../store/rows";
import { useStore } from "../store/state";
import { Button } from "../ui/Button";
import { fullDate } from "../ui/dates";
import { TextField } from "../ui/Field";
import { count, say } from "../ui/strings";

interface OptionProps {
  option: PullInOption;
  plan: ProjectPlan;
}

/** What it gains and costs. */
function Price({ option, plan }: OptionProps) {
  const { gain_minutes, cost_minutes, decision, finish } = option;
  const size = (minutes: number) => spellDuration(minutes, plan.project);
  return (
    <p className="pull-in-price">
      <strong>{say("pull-in.gain", { size: size(gain_minutes) })}</strong>
      <time dateTime={finish}>{fullDate(finish)}</time>
      {cost_minutes > 0 && (
        <span className="chip">{say("pull-in.cost", { size: size(cost_minutes) })}</span>
      )}
      {decision && <span className="chip chip-late">{say("pull-in.decision")}</span>}
    </p>
  );
}

/** So many changes together are told at once; more are there to be unfolded. */
const MOST_DEEDS = 4;

function Deeds({ id, deeds }: { id: string; deeds: string[] }) {
  if (deeds.length === 1) return <p id={id}>{deeds[0]}</p>;
  return (
    <details open={deeds.length <= MOST_DEEDS}>
      <summary id={id}>{count("pull-in.together", deeds.length)}</summary>
      <ul className="pull-in-deeds">
        {deeds.map((deed) => (
          <li key={deed}>{deed}</li>
        ))}
      </ul>
    </details>
  );
}

function Option({ option, plan }: OptionProps) {
  const id = useId();
  const changes = previewable(option);
  return (
    <li className="pull-in-option">
      <Deeds id={id} deeds={option.deeds} />
      <div className="pull-in-offer">
        <Price option={option} plan={plan} />
        {changes && (
          <Button aria-describedby={id} onClick={() => void weigh(changes)}>
            {say("pull-in.preview")}
          </Button>
        )}
      </div>
      {option.then && <p className="faint">{say("pull-in.then", { sentence: option.then })}</p>}
      {!changes && <p className="faint">{say("pull-in.leave")}</p>}
    </li>
  );
}

interface ListProps {
  title: string;
  options: PullInOption[];
  plan: ProjectPlan;
}

function Options({ title, options, plan }: ListProps) {
  const id = useId();
  if (!options.length) return null;
  return (
    <>
      <h4 id={id}>{title}</h4>
      <ul aria-labelledby={id}>
        {options.map((option, at) => (
          <Option key={at} option={option} plan={plan} />
        ))}
      </ul>
    </>
  );
}

function Obstacles({ answer }: { answer: Answer }) {
  const id = useId();
  if (!answer.in_the_way.length) return null;
  return (
    <>
      <h4 id={id}>{say("pull-in.obstacles")}</h4>
      <ul className="pull-in-deeds" aria-labelledby={id}>
        {answer.in_the_way.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

function Ways({ answer, plan }: { answer: Answer; plan: ProjectPlan }) {
  const { first, others } = ranked(answer);
  const goal = spellDuration(answer.goal_minutes, plan.project);
  return (
    <>
      <Options
        title={say(answer.combination ? "pull-in.best" : "pull-in.furthest", { goal })}
        options={first ? [first] : []}
        plan={plan}
      />
      <Obstacles answer={answer} />
      <Options title={say("pull-in.singles")} options={others} plan={plan} />
      {first && <p className="pull-in-note faint">{say("pull-in.cost-note")}</p>}
    </>
  );
}

/** How the question stands, for those who listen as well; the ways themselves are read at leisure. */
function state(answer: Answer | null, moved: boolean, plan: ProjectPlan): string {
  if (moved) return say("pull-in.moved");
  if (!answer) return say("pull-in.asking");
  const { first, others } = ranked(answer);
  const ways = (first ? 1 : 0) + others.length;
  if (answer.combination) return count("pull-in.found", ways);
  const goal = spellDuration(answer.goal_minutes, plan.project);
  return say(ways ? "pull-in.short" : "pull-in.none", { goal });
}

function Found({ task, plan }: { task: number; plan: ProjectPlan }) {
  const found = useStore((store) => (store.pullIn?.task === task ? store.pullIn : null));
  const section = useRef<HTMLDivElement>(null);
  const moved = found !== null && found.seq !== plan.seq;
  useEffect(() => {
    section.current?.scrollIntoView({ block: "start" });
  }, [found]);
  return (
    <div className="pull-in-found" ref={found && section}>
      <p role="status">
        {found && !found.answer && !moved && <span className="spinner-ring" aria-hidden="true" />}
        {found && state(found.answer, moved, plan)}
        {found && !found.answer && <Button onClick={forgetPullIn}>{say("cancel")}</Button>}
      </p>
      {found?.answer && !moved && <Ways answer={found.answer} plan={plan} />}
    </div>
  );
}

/** How a task could finish earlier: each way can be looked at before anything is changed. */
export function PullIn({ task, plan }: { task: number; plan: ProjectPlan }) {
  const days = useStore((store) => store.pullIn?.days ?? 1);
  const row = rows(plan).task.get(task);
  if (!plan.project.may_edit || !row || row.percent_complete === 100) return null;
  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = Number(new FormData(event.currentTarget).get("days"));
    if (typed > 0) void askPullIn(task, typed);
  };
  return (
    <>
      <section className="pull-in" aria-label={say("pull-in.title")}>
        <h3>{say("pull-in.title")}</h3>
        <form className="pull-in-form" onSubmit={ask}>
          <TextField
            label={say("pull-in.days")}
            name="days"
            type="number"
            min={0.5}
            max={1000}
            step={0.5}
            required
            defaultValue={days}
          />
          <Button type="submit">{say("pull-in.ask")}</Button>
        </form>
      </section>
      <Found task={task} plan={plan} />
    </>
  );
}
