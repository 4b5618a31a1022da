import { useState } from "react";
import { useLocation } from "wouter";
import { importFile } from "../../api/calls";
import { ApiProblem } from "../../api/problem";
import type { ImportAnswer } from "../../api/types";
import { useStore } from "../../store/state";
import { toast } from "../../store/toasts";
import { loadTree, trail } from "../../store/tree";
import { undo } from "../../store/undo";
import { writing } from "../../store/writes";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Spinner } from "../../ui/Empty";
import { SelectField } from "../../ui/Field";
import { say } from "../../ui/strings";
import { FileDrop } from "./FileDrop";
import { Messages, Report } from "./Report";

function useParents() {
  const tree = useStore((state) => state.tree);
  const fit = tree?.nodes.filter((node) => node.kind !== "project" && node.may_edit) ?? [];
  return fit.map(({ id }) => ({
    id,
    path: trail(tree!, id)
      .map((node) => node.name)
      .join(" › "),
    program: tree!.nodes.find((node) => node.id === id)!.kind === "program",
  }));
}

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const loaded = useStore((state) => state.tree !== null);
  const parents = useParents();
  const first = parents.find((each) => each.program) ?? parents[0];
  // The tree may come after the dialog does: only what was picked is kept.
  const [picked, pick] = useState<number | null>(null);
  const parent = picked ?? first?.id ?? null;
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<ImportAnswer | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const [, go] = useLocation();

  async function send(chosen: File, under: number, preview: boolean) {
    setBusy(true);
    setProblem(null);
    try {
      const given = await writing(() => importFile(chosen, under, preview));
      setAnswer(given);
      if (!preview && given.project !== null) arrive(given, given.project);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setAnswer(null);
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  function arrive(given: ImportAnswer, project: number) {
    const back = () => void undo().then(() => go("/"));
    const action = { label: say("undo"), run: back };
    toast(say("import.done", { name: given.report.name }), { action });
    void loadTree();
    onClose();
    go(`/projects/${project}`);
  }

  function choose(chosen: File) {
    setFile(chosen);
    setAnswer(null);
    if (parent !== null) void send(chosen, parent, true);
  }

  if (parent === null) {
    return (
      <Dialog title={say("import.title")} onClose={onClose}>
        {loaded ? <p>{say("import.nowhere")}</p> : <Spinner />}
      </Dialog>
    );
  }
  return (
    <Dialog title={say("import.title")} hint={say("import.hint")} onClose={onClose} wide>
      <div className="form">
        <SelectField
          label={say("import.parent")}
          value={parent}
          disabled={busy}
          onChange={({ target }) => pick(Number(target.value))}
        >
          {parents.map(({ id, path }) => (
            <option key={id} value={id}>
              {path}
            </option>
          ))}
        </SelectField>
        <FileDrop file={file} busy={busy} onChoose={choose} />
        {problem && <Refused problem={problem} />}
        {answer && <Report answer={answer} />}
        <footer className="dialog-foot">
          <Button onClick={onClose}>{say("cancel")}</Button>
          <Button
            tone="main"
            disabled={busy || !file || !answer?.accepted}
            onClick={() => file && void send(file, parent, false)}
          >
            {say("import.submit")}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}

function Refused({ problem }: { problem: ApiProblem }) {
  return (
    <div className="form-problem" role="alert">
      <strong>{say("import.refused")}</strong>
      <p>{problem.message}</p>
      <Messages diagnostics={problem.errors} />
    </div>
  );
}
