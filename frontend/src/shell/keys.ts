export type Verb = "palette" | "undo" | "redo" | "portfolio" | "products" | "people" | "keys";

export interface Stroke {
  key: string;
  command: boolean;
  shift: boolean;
  alt: boolean;
  typing: boolean;
}

export interface Heard {
  verb: Verb | null;
  /** `g` was struck and waits for where to go. */
  going: boolean;
}

const PLACES: Record<string, Verb> = { p: "portfolio", r: "products", e: "people" };

function commanded({ key, shift, typing }: Stroke): Verb | null {
  if (key === "k") return "palette";
  if (typing) return null;
  if (key === "z") return shift ? "redo" : "undo";
  return key === "y" ? "redo" : null;
}

/** What a stroke means after the one before it. Letters mean nothing while typing. */
export function heard(going: boolean, stroke: Stroke): Heard {
  const key = stroke.key.toLowerCase();
  if (stroke.command) return { verb: commanded({ ...stroke, key }), going: false };
  if (stroke.typing || stroke.alt) return { verb: null, going: false };
  if (going) return { verb: PLACES[key] ?? null, going: false };
  return { verb: key === "?" ? "keys" : null, going: key === "g" };
}

const TEXTUAL = "input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, select";

export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches(TEXTUAL);
}
