import type { Diagnostic } from "./types";

interface ProblemBody {
  title?: string;
  code?: string;
  detail?: string;
  errors?: Diagnostic[];
}

/** Whatever the server refused, in its own words: RFC 9457 problem+json, or no answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Diagnostic[];

  constructor(status: number, body: ProblemBody) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.name = "ApiProblem";
    this.status = status;
    this.code = body.code ?? (status === 0 ? "network.unreachable" : `http.${status}`);
    this.errors = body.errors ?? [];
  }

  static async from(response: Response): Promise<ApiProblem> {
    const text = await response.text();
    return new ApiProblem(response.status, parsed(text) ?? { title: response.statusText });
  }

  static unreachable(detail: string): ApiProblem {
    return new ApiProblem(0, { detail });
  }
}

// A proxy in between may answer with HTML or nothing; the status alone must then do.
function parsed(text: string): ProblemBody | null {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    return JSON.parse(text) as ProblemBody;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** An aborted request is the caller's own doing, and no news to anybody. */
export function aborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
