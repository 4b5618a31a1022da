import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: "plain" | "main" | "quiet" | "danger";
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ tone = "plain", className = "", type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={`button button-${tone} ${className}`} {...rest} />;
}

interface IconButtonProps extends Omit<ButtonProps, "aria-label"> {
  label: string;
  children: ReactNode;
}

/** A button that shows only a picture; its label is its name and its tooltip. */
export function IconButton({ label, className = "", ...rest }: IconButtonProps) {
  return (
    <Button
      tone="quiet"
      aria-label={label}
      title={label}
      className={`icon-button ${className}`}
      {...rest}
    />
  );
}
