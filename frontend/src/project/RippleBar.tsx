import { ArrowRight, LoaderCircle } from "lucide-react";
import { useEffect, useRef } from "react";
import { apply, cancel } from "../store/preview";
import { useStore, type Preview } from "../store/state";
import { Button } from "../ui/Button";
import { date } from "../ui/dates";
import { MovedList } from "../ui/MovedList";
import { say } from "../ui/strings";

/** Hands the keyboard to Apply, and back to where it was when the bar goes. */
function useHandover(ready: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!ready) return;
    const before = document.activeElement;
    button.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [ready]);
  return button;
}

function Sentence({ preview: { answer, problem } }: { preview: Preview }) {
  if (problem) return <p className="ripple-problem">{problem.message}</p>;
  if (!answer) return <p>{say("ripple.asking")}</p>;
  const { sentence, finish_before, finish_after } = answer.ripple;
  return (
    <p>
      <strong>{sentence}</strong>
      {finish_before !== finish_after && (
        <span className="ripple-finish">
          {date(finish_before)}
          <ArrowRight aria-hidden="true" />
          {date(finish_after)}
        </span>
      )}
    </p>
  );
}

function Choice({ preview }: { preview: Preview }) {
  const ready = preview.phase === "ready";
  const button = useHandover(ready);
  return (
    <div className="ripple-choice">
      <Button onClick={cancel} disabled={preview.phase === "applying"}>
        {say("cancel")} <kbd>Esc</kbd>
      </Button>
      <Button ref={button} tone="main" disabled={!ready} onClick={() => void apply()}>
        {say("apply")} <kbd>Enter</kbd>
      </Button>
    </div>
  );
}

/** What the change under the pointer, or the one that waits, would move. */
export function RippleBar() {
  const preview = useStore((state) => state.preview);
  if (!preview) return null;
  const moved = preview.answer?.ripple;
  return (
    <section className="ripple" aria-label={say("ripple.label")}>
      <div className="ripple-line" role="status">
        {!preview.answer && !preview.problem && <LoaderCircle className="turning" />}
        <Sentence preview={preview} />
      </div>
      {moved && moved.moved.length > 0 && (
        <details className="ripple-list">
          <summary>{say("ripple.list")}</summary>
          <MovedList ripple={moved} />
        </details>
      )}
      <Choice preview={preview} />
    </section>
  );
}
