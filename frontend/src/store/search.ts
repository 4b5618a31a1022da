const LIMIT = 20;

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** 0 where the text begins with the query, 1 where a word does, 2 elsewhere; null where not. */
function rank(text: string, words: string[]): number | null {
  const plain = folded(text);
  if (!words.every((word) => plain.includes(word))) return null;
  if (plain.startsWith(words[0] ?? "")) return 0;
  return plain.includes(` ${words[0]}`) ? 1 : 2;
}

/** The things whose text holds every word of the query, best first, no more than a screen. */
export function search<T>(things: readonly T[], text: (thing: T) => string, query: string): T[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (!words.length) return things.slice(0, LIMIT);
  const ranked: T[][] = [[], [], []];
  for (const thing of things) {
    const place = rank(text(thing), words);
    if (place !== null) ranked[place]!.push(thing);
  }
  return ranked.flat().slice(0, LIMIT);
}
