import { describe, expect, it } from "vitest";
import { english } from "./english";
import { count, say } from "./strings";

const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!./english.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const code = Object.values(sources).join("\n");

/** Is the key written out, or made from a written beginning, as `kind.${node.kind}` is? */
function used(key: string): boolean {
  const whole = key.replace(/\.(one|other)$/, "");
  if (code.includes(`"${whole}"`)) return true;
  const cut = whole.lastIndexOf(".") + 1;
  return cut > 0 && code.includes(`\`${whole.slice(0, cut)}$`);
}

describe("the catalogue", () => {
  it("holds no string that nothing says", () => {
    expect(Object.keys(english).filter((key) => !used(key))).toEqual([]);
  });

  it("has both forms of every count", () => {
    const keys = Object.keys(english);
    const ones = keys.filter((key) => key.endsWith(".one")).map((key) => key.slice(0, -4));
    const others = keys.filter((key) => key.endsWith(".other")).map((key) => key.slice(0, -6));
    expect(others).toEqual(ones);
  });
});

it("fills places and picks the form", () => {
  expect(say("undone", { deed: "Moved" })).toBe("Undone: Moved");
  expect(count("project.tasks", 1)).toBe("1 task");
  expect(count("project.tasks", 2)).toBe("2 tasks");
});
