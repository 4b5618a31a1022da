import { useEffect, useState, type InputHTMLAttributes } from "react";
import { Field } from "./Field";

interface DraftProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange"> {
  label: string;
  value: string;
  /** Takes the text over; a sentence says why it cannot. */
  onCommit: (text: string) => string | null;
  hint?: string;
}

/** A field that keeps what is typed to itself until Enter or leaving it; Escape gives it up. */
export function Draft({ label, value, onCommit, hint, ...input }: DraftProps) {
  const [text, setText] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  const reset = () => {
    setText(value);
    setProblem(null);
  };
  useEffect(reset, [value]);

  const commit = () => {
    if (text === value) return setProblem(null);
    setProblem(onCommit(text));
  };
  return (
    <Field label={label} problem={problem} {...(hint ? { hint } : {})}>
      {(ids) => (
        <input
          {...ids}
          {...input}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
            if (event.key !== "Escape" || text === value) return;
            event.stopPropagation();
            reset();
          }}
        />
      )}
    </Field>
  );
}
