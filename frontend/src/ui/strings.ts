import { english } from "./english";

export type Key = keyof typeof english;
type CountKey = Key extends infer K ? (K extends `${infer Base}.one` ? Base : never) : never;
type Values = Record<string, string | number>;

const plural = new Intl.PluralRules("en");

function filled(pattern: string, values: Values): string {
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A visible sentence by its key, with its {places} filled. */
export function say(key: Key, values: Values = {}): string {
  return filled(english[key], values);
}

/** A sentence about a number of things, in the number's grammatical form. */
export function count(key: CountKey, n: number, values: Values = {}): string {
  const form = plural.select(n) === "one" ? "one" : "other";
  return filled(english[`${key}.${form}` as Key], { n, ...values });
}
