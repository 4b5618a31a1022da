import type { ReactNode } from "react";
import type { ApiProblem } from "../api/problem";
import { Button } from "./Button";
import { say } from "./strings";

interface EmptyProps {
  title: string;
  hint?: string;
  children?: ReactNode;
}

export function Empty({ title, hint, children }: EmptyProps) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}

export function Spinner() {
  return (
    <p className="spinner" role="status">
      <span className="spinner-ring" aria-hidden="true" />
      {say("loading")}
    </p>
  );
}

/** What a page shows where the server refused it. */
export function Problem({ problem, retry }: { problem: ApiProblem; retry: () => void }) {
  if (problem.status === 404) {
    return <Empty title={say("problem.missing")} hint={say("problem.missing-hint")} />;
  }
  return (
    <div role="alert">
      <Empty title={say("problem.title")} hint={problem.message}>
        <Button onClick={retry}>{say("retry")}</Button>
      </Empty>
    </div>
  );
}
