import { words } from "./words";

export type Pane = "table" | "chart";

/** On a narrow screen table and chart take turns. */
export function PaneSwitch({ pane, onSwitch }: { pane: Pane; onSwitch(pane: Pane): void }) {
  return (
    <div role="group" aria-label={words.pane} className="plan-switch">
      {(["table", "chart"] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={pane === choice}
          onClick={() => onSwitch(choice)}
        >
          {words[choice]}
        </button>
      ))}
    </div>
  );
}
