import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from "react";

interface FieldProps {
  label: string;
  problem?: string | null;
  hint?: string;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

/** A label, its control, and what is wrong with it, tied together for those who listen. */
export function Field({ label, problem, hint, children }: FieldProps) {
  const id = useId();
  const note = problem ?? hint;
  const described = note ? { "aria-describedby": `${id}-note` } : {};
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...described, ...(problem ? { "aria-invalid": true as const } : {}) })}
      {note && (
        <p id={`${id}-note`} className={problem ? "field-problem" : "field-hint"}>
          {note}
        </p>
      )}
    </div>
  );
}

type Plain = Pick<FieldProps, "label"> & { problem?: string | null; hint?: string };

export function TextField({
  label,
  problem,
  hint,
  ...input
}: Plain & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} {...(problem ? { problem } : {})} {...(hint ? { hint } : {})}>
      {(ids) => <input {...ids} {...input} />}
    </Field>
  );
}

export function SelectField({
  label,
  children,
  ...select
}: { label: string } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} {...select}>
          {children}
        </select>
      )}
    </Field>
  );
}
