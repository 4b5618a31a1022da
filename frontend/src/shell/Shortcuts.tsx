import { Dialog } from "../ui/Dialog";
import { say, type Key } from "../ui/strings";

const KEYS: [Key, string[]][] = [
  ["keys.palette", ["Ctrl+K"]],
  ["keys.undo", ["Ctrl+Z"]],
  ["keys.redo", ["Ctrl+Shift+Z"]],
  ["keys.portfolio", ["g", "p"]],
  ["keys.products", ["g", "r"]],
  ["keys.people", ["g", "e"]],
  ["keys.list", ["?"]],
  ["keys.task", ["Space"]],
  ["keys.why", ["w"]],
  ["keys.edit", ["Enter"]],
  ["keys.move", ["Alt+←", "Alt+→"]],
  ["keys.resize", ["Alt+Shift+←", "Alt+Shift+→"]],
  ["keys.zoom", ["+", "−"]],
  ["keys.apply", ["Enter"]],
  ["keys.cancel", ["Esc"]],
];

function Strokes({ keys }: { keys: string[] }) {
  return keys.map((key, at) => (
    <span key={key}>
      {at > 0 && ` ${say(key.includes("+") || key === "−" ? "keys.or" : "keys.then")} `}
      <kbd>{key}</kbd>
    </span>
  ));
}

export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={say("keys.title")} onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([title, keys]) => (
          <div key={title}>
            <dt>{say(title)}</dt>
            <dd>
              <Strokes keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
