import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import type { EditFault } from "../kernel/changes";
import { words } from "./words";

export type Leave = "stay" | "next" | "previous" | "away";

interface Props {
  label: string;
  initial: string;
  /** Takes the text and answers what is wrong with it, if anything. */
  onCommit(text: string, leave: Leave): EditFault | null;
  onCancel(): void;
}

function leaveOf(event: KeyboardEvent): Leave | null {
  if (event.key === "Enter") return "stay";
  if (event.key === "Tab") return event.shiftKey ? "previous" : "next";
  return null;
}

/** A text field in the place of a cell. */
export function CellEditor({ label, initial, onCommit, onCancel }: Props) {
  const [text, setText] = useState(initial);
  const [fault, setFault] = useState<EditFault | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const message = useId();
  useEffect(() => input.current?.select(), []);

  function commit(leave: Leave) {
    const wrong = onCommit(text, leave);
    done.current = wrong === null;
    setFault(wrong);
  }
  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    const leave = leaveOf(event);
    if (leave) {
      event.preventDefault();
      commit(leave);
    } else if (event.key === "Escape") {
      event.preventDefault();
      done.current = true;
      onCancel();
    }
  }
  /** Leaving with what cannot be read gives it up: a field that cannot be left is a trap. */
  function onBlur() {
    if (done.current) return;
    if (onCommit(text, "away") !== null) onCancel();
  }
  return (
    <>
      <input
        ref={input}
        className="grid-editor"
        aria-label={label}
        aria-invalid={fault !== null}
        aria-errormessage={fault ? message : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
      {fault && (
        <span id={message} role="alert" className="grid-fault">
          {words.faults[fault]}
        </span>
      )}
    </>
  );
}
