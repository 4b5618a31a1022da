import { X } from "lucide-react";
import { useEffect } from "react";
import { useStore, type Toast } from "../store/state";
import { dismiss } from "../store/toasts";
import { Button, IconButton } from "../ui/Button";
import { say } from "../ui/strings";

const SHOWN_MS = { plain: 8000, quiet: 5000, problem: 15000 };

function OneToast({ toast }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), SHOWN_MS[toast.tone]);
    return () => clearTimeout(timer);
  }, [toast]);
  const act = () => {
    dismiss(toast.id);
    toast.action?.run();
  };
  return (
    <li
      className={`toast toast-${toast.tone}`}
      role={toast.tone === "problem" ? "alert" : undefined}
    >
      <div className="toast-text">
        <p>{toast.text}</p>
        {toast.details.map((detail) => (
          <p key={detail} className="toast-detail">
            {detail}
          </p>
        ))}
      </div>
      {toast.action && <Button onClick={act}>{toast.action.label}</Button>}
      <IconButton label={say("close")} onClick={() => dismiss(toast.id)}>
        <X />
      </IconButton>
    </li>
  );
}

export function Toasts() {
  const toasts = useStore((state) => state.toasts);
  return (
    <ol className="toasts" aria-live="polite" aria-relevant="additions">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </ol>
  );
}
