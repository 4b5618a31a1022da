import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./Button";
import { say } from "./strings";

/**
 * Radix's own overlay keeps the page from scrolling by a style element, which the content policy forbids; the page
 * does not scroll anyway.
 */
export function Shade() {
  return <div className="shade" />;
}

interface DialogProps {
  title: string;
  hint?: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** A form is there to be typed into: its first field has the focus, not the button that closes it. */
function focusFirstField(event: Event): void {
  const dialog = event.target as HTMLElement;
  const field = dialog.querySelector<HTMLElement>("form input, form select, form textarea");
  if (!field) return;
  event.preventDefault();
  field.focus();
}

export function Dialog({ title, hint, onClose, wide = false, children }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Shade />
        <Radix.Content
          className={wide ? "dialog dialog-wide" : "dialog"}
          onOpenAutoFocus={focusFirstField}
          {...(hint ? {} : { "aria-describedby": undefined })}
        >
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={say("close")}>
                <X />
              </IconButton>
            </Radix.Close>
          </header>
          {hint && <Radix.Description className="dialog-hint">{hint}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
