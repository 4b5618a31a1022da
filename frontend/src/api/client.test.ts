import { describe, expect, it } from "vitest";
import { address, cookie, headers } from "./client";

describe("address", () => {
  it("leaves out what is not given and encodes the rest", () => {
    expect(address("/history", { project: 3, before: null })).toBe("/api/v1/history?project=3");
    expect(address("/tree")).toBe("/api/v1/tree");
    expect(address("/x", { a: "b c&d" })).toBe("/api/v1/x?a=b+c%26d");
  });
});

describe("cookie", () => {
  it("finds a whole name, never the end of another", () => {
    expect(cookie("xcsrftoken=no; csrftoken=a%20b", "csrftoken")).toBe("a b");
    expect(cookie("other=1", "csrftoken")).toBeNull();
  });
});

describe("headers", () => {
  it("sends the CSRF token on writes only", () => {
    const jar = "csrftoken=secret";
    expect(headers("GET", undefined, jar).has("X-CSRFToken")).toBe(false);
    expect(headers("POST", {}, jar).get("X-CSRFToken")).toBe("secret");
    expect(headers("DELETE", undefined, jar).get("X-CSRFToken")).toBe("secret");
  });

  it("lets the browser state a form's own boundary", () => {
    expect(headers("POST", new FormData(), "").has("Content-Type")).toBe(false);
    expect(headers("POST", { a: 1 }, "").get("Content-Type")).toBe("application/json");
  });
});
