import { describe, expect, it } from "vitest";
import { heard, type Stroke } from "./keys";

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  command: false,
  shift: false,
  alt: false,
  typing: false,
  ...more,
});

describe("heard", () => {
  it("goes where the letter after g says", () => {
    const first = heard(false, stroke("g"));
    expect(first).toEqual({ verb: null, going: true });
    expect(heard(first.going, stroke("r"))).toEqual({ verb: "products", going: false });
    expect(heard(first.going, stroke("x"))).toEqual({ verb: null, going: false });
    expect(heard(false, stroke("r")).verb).toBeNull();
  });

  it("undoes and redoes by command keys", () => {
    expect(heard(false, stroke("z", { command: true })).verb).toBe("undo");
    expect(heard(false, stroke("Z", { command: true, shift: true })).verb).toBe("redo");
  });

  it("leaves the text alone while typing, but for the palette", () => {
    expect(heard(false, stroke("z", { command: true, typing: true })).verb).toBeNull();
    expect(heard(false, stroke("?", { typing: true })).verb).toBeNull();
    expect(heard(false, stroke("g", { typing: true })).going).toBe(false);
    expect(heard(false, stroke("k", { command: true, typing: true })).verb).toBe("palette");
  });
});
