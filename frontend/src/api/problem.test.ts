import { describe, expect, it } from "vitest";
import { ApiProblem, aborted } from "./problem";

function answer(status: number, body: string): Response {
  return new Response(body, { status });
}

describe("ApiProblem", () => {
  it("carries the server's code, sentence and every error", async () => {
    const errors = [{ code: "link.cycle", severity: "error", message: "A → B → A", place: null }];
    const body = JSON.stringify({ code: "plan.invalid", detail: "Two tasks wait.", errors });
    const problem = await ApiProblem.from(answer(422, body));
    expect(problem.message).toBe("Two tasks wait.");
    expect(problem.code).toBe("plan.invalid");
    expect(problem.errors).toEqual(errors);
  });

  it("stands on the status alone when a proxy answers in HTML or broken JSON", async () => {
    for (const body of ["<html>bad gateway</html>", "{broken", ""]) {
      const problem = await ApiProblem.from(answer(502, body));
      expect([problem.status, problem.code]).toEqual([502, "http.502"]);
    }
  });

  it("names an unreachable server", () => {
    expect(ApiProblem.unreachable("refused").code).toBe("network.unreachable");
  });
});

describe("aborted", () => {
  it("knows an abort from a failure", () => {
    expect(aborted(new DOMException("stop", "AbortError"))).toBe(true);
    expect(aborted(new TypeError("refused"))).toBe(false);
  });
});
