import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const KEY = "triptych-theme";
const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const heard = new Set<() => void>();

export function theme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function wear(chosen: Theme): void {
  if (chosen === "system") {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset["theme"];
  } else {
    localStorage.setItem(KEY, chosen);
    document.documentElement.dataset["theme"] = chosen;
  }
  heard.forEach((hear) => hear());
}

export function nextTheme(): void {
  wear(NEXT[theme()]);
}

function subscribe(hear: () => void): () => void {
  heard.add(hear);
  return () => heard.delete(hear);
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, theme);
