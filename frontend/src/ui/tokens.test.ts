import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Tokens = Record<string, string>;

function tokens(block: string): Tokens {
  const pairs = [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, value!.trim()]));
}

function blocks(): Tokens[] {
  return [...css.matchAll(/color-scheme: (?:light|dark);[^}]*/g)].map(([block]) => tokens(block));
}

function channel(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16)));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const TEXT: [string, string][] = [
  ...["surface", "surface-2", "surface-3", "selection", "weekend", "accent-soft"].flatMap(
    (ground): [string, string][] => [
      ["text", ground],
      ["text-2", ground],
    ],
  ),
  ...["accent", "critical", "warning", "ok"].flatMap((ink): [string, string][] => [
    [ink, "surface"],
    [ink, "surface-2"],
    [ink, "surface-3"],
  ]),
  ["accent", "accent-soft"],
  ["critical", "critical-soft"],
  ["on-accent", "accent-fill"],
  ["bar-text", "bar"],
  ["bar-text", "bar-progress"],
];

const SHAPES: [string, string][] = ["line-strong", "focus", "summary", "milestone", "ghost"].map(
  (ink) => [ink, "surface"],
);

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("the %s theme", (_, at) => {
  const theme = blocks()[at]!;

  it.each(TEXT)("reads %s on %s at WCAG AA", (ink, ground) => {
    expect(contrast(theme[ink]!, theme[ground]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)("shows the shape %s on %s", (ink, ground) => {
    expect(contrast(theme[ink]!, theme[ground]!)).toBeGreaterThanOrEqual(3);
  });
});

it("says the dark theme alike, whether the system or the reader wants it", () => {
  const [light, bySystem, byReader] = blocks();
  expect(blocks()).toHaveLength(3);
  expect(bySystem).toEqual(byReader);
  expect(Object.keys(light!)).toEqual(expect.arrayContaining(Object.keys(byReader!)));
});
