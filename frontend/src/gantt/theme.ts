const TOKENS = {
  surface: ["--surface", "Canvas"],
  sunken: ["--surface-2", "Canvas"],
  line: ["--line", "GrayText"],
  lineStrong: ["--line-strong", "CanvasText"],
  text: ["--text", "CanvasText"],
  muted: ["--text-2", "CanvasText"],
  accent: ["--accent", "Highlight"],
  accentSoft: ["--accent-soft", "Canvas"],
  critical: ["--critical", "CanvasText"],
  criticalSoft: ["--critical-soft", "Canvas"],
  warning: ["--warning", "CanvasText"],
  weekend: ["--weekend", "Canvas"],
  selection: ["--selection", "Canvas"],
  bar: ["--bar", "LinkText"],
  barProgress: ["--bar-progress", "CanvasText"],
  barText: ["--bar-text", "Canvas"],
  summary: ["--summary", "CanvasText"],
  milestone: ["--milestone", "CanvasText"],
  link: ["--link", "GrayText"],
  linkStrong: ["--link-strong", "CanvasText"],
  ghost: ["--ghost", "GrayText"],
} as const;

export type Colours = Record<keyof typeof TOKENS, string>;

export interface Theme {
  colours: Colours;
  family: string;
  rowHeight: number;
  headerHeight: number;
  forced: boolean;
  still: boolean;
}

/** The tokens as the browser resolves them for an element: a canvas understands no `var()`. */
export function readTheme(host: HTMLElement): Theme {
  const style = getComputedStyle(host);
  const pixels = (name: string, otherwise: number) =>
    Number.parseFloat(style.getPropertyValue(name)) || otherwise;
  const forced = matchMedia("(forced-colors: active)").matches;
  return {
    colours: readColours(host, forced),
    family: style.fontFamily,
    rowHeight: pixels("--row-height", 28),
    headerHeight: pixels("--header-height", 48),
    forced,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

function readColours(host: HTMLElement, forced: boolean): Colours {
  const probe = document.createElement("i");
  probe.hidden = true;
  host.append(probe);
  const read = ([token, system]: readonly [string, string]) => {
    probe.style.color = forced ? system : `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(
    Object.entries(TOKENS).map(([name, names]) => [name, read(names)]),
  ) as Colours;
  probe.remove();
  return colours;
}

const QUERIES = [
  "(prefers-color-scheme: dark)",
  "(forced-colors: active)",
  "(prefers-reduced-motion: reduce)",
];

/** Calls when the theme may have changed; returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  const attributeFilter = ["class", "style", "data-theme"];
  observer.observe(document.documentElement, { attributes: true, attributeFilter });
  const queries = QUERIES.map((query) => matchMedia(query));
  queries.forEach((query) => query.addEventListener("change", changed));
  return () => {
    observer.disconnect();
    queries.forEach((query) => query.removeEventListener("change", changed));
  };
}
