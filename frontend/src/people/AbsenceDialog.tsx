import { useState, type FormEvent } from "react";
import { addAbsence } from "../api/calls";
import { ApiProblem } from "../api/problem";
import type { Absence, ChangeAnswer, TeamMember } from "../api/types";
import { toast } from "../store/toasts";
import { refreshTree } from "../store/tree";
import { undo } from "../store/undo";
import { writing } from "../store/writes";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { TextField } from "../ui/Field";
import { MovedList } from "../ui/MovedList";
import { say } from "../ui/strings";

interface AbsenceDialogProps {
  person: TeamMember;
  onClose: () => void;
  onDone: () => void;
}

const NOTHING: Absence = { first: "", last: "", name: "" };

function announce(person: TeamMember, answer: ChangeAnswer): void {
  const spread = answer.ripple.moved.length ? [answer.ripple.sentence] : [];
  const action = { label: say("undo"), run: () => void undo() };
  toast(say("people.added", { name: person.name }), { details: spread, action });
}

export function AbsenceDialog({ person, onClose, onDone }: AbsenceDialogProps) {
  const [absence, setAbsence] = useState(NOTHING);
  const [answer, setAnswer] = useState<ChangeAnswer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  function type(part: Partial<Absence>) {
    setAbsence({ ...absence, ...part });
    setAnswer(null);
    setProblem(null);
  }

  async function attempt(preview: boolean) {
    setBusy(true);
    try {
      const given = await writing(() => addAbsence(person.id, absence, preview));
      if (preview) return setAnswer(given);
      announce(person, given);
      refreshTree();
      onDone();
      onClose();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem([error.message, ...error.errors.map((each) => each.message)].join(" "));
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (absence.last < absence.first) return setProblem(say("people.order"));
    void attempt(answer === null);
  }

  return (
    <Dialog title={say("people.absence-title", { name: person.name })} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <div className="form-pair">
          <TextField
            label={say("people.first")}
            type="date"
            required
            value={absence.first}
            onChange={({ target }) =>
              type({ first: target.value, last: absence.last || target.value })
            }
          />
          <TextField
            label={say("people.last")}
            type="date"
            required
            value={absence.last}
            onChange={({ target }) => type({ last: target.value })}
          />
        </div>
        <TextField
          label={say("people.reason")}
          value={absence.name}
          onChange={({ target }) => type({ name: target.value })}
        />
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        {answer && <Slips answer={answer} />}
        <footer className="dialog-foot">
          <Button onClick={onClose}>{say("cancel")}</Button>
          <Button tone="main" type="submit" disabled={busy}>
            {say(answer ? "apply" : "people.preview")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Slips({ answer }: { answer: ChangeAnswer }) {
  const { ripple } = answer;
  if (!ripple.moved.length) return <p role="status">{say("people.nothing")}</p>;
  return (
    <div className="slips" role="status">
      <p>{ripple.sentence}</p>
      <MovedList ripple={ripple} />
    </div>
  );
}
