import { useEffect } from "react";
import { useLocation } from "wouter";
import { overlay } from "../store/state";
import { redo, undo } from "../store/undo";
import { heard, typing, type Verb } from "./keys";

const PATHS: Partial<Record<Verb, string>> = {
  portfolio: "/",
  products: "/products",
  people: "/people",
};

function obey(verb: Verb, go: (path: string) => void): void {
  const path = PATHS[verb];
  if (path) go(path);
  else if (verb === "undo") void undo();
  else if (verb === "redo") void redo();
  else if (verb === "palette" || verb === "keys") overlay(verb);
}

/** The shell's shortcuts, anywhere but in a dialog. */
export function useKeys(): void {
  const [, go] = useLocation();
  useEffect(() => {
    let going = false;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("[role=dialog]")) return;
      const { key, shiftKey: shift, altKey: alt } = event;
      const command = event.ctrlKey || event.metaKey;
      const next = heard(going, { key, command, shift, alt, typing: typing(event.target) });
      going = next.going;
      if (!next.verb) return;
      event.preventDefault();
      obey(next.verb, go);
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [go]);
}
