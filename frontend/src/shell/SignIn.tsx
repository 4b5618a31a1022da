import { useState, type FormEvent } from "react";
import { ApiProblem } from "../api/problem";
import { enter } from "../store/session";
import { Button } from "../ui/Button";
import { TextField } from "../ui/Field";
import { say } from "../ui/strings";

export function SignIn() {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await enter(String(form.get("email")), String(form.get("password")));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="enter">
      <form className="enter-form" onSubmit={(event) => void submit(event)}>
        <h1>{say("enter.title")}</h1>
        <p className="enter-hint">{say("enter.hint")}</p>
        <TextField
          label={say("enter.email")}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
        />
        <TextField
          label={say("enter.password")}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        {problem && (
          <p className="form-problem" role="alert">
            {problem}
          </p>
        )}
        <Button tone="main" type="submit" disabled={busy}>
          {say("enter.submit")}
        </Button>
      </form>
    </main>
  );
}
