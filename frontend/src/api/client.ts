import { ApiProblem, aborted } from "./problem";

const BASE = "/api/v1";

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface Call {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
}

export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  const words = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
  return words.size ? `${BASE}${path}?${words}` : `${BASE}${path}`;
}

export function cookie(jar: string, name: string): string | null {
  const found = jar.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

export function headers(method: string, body: unknown, jar: string): Headers {
  const made = new Headers({ Accept: "application/json" });
  if (body !== undefined && !(body instanceof FormData)) {
    made.set("Content-Type", "application/json");
  }
  const token = cookie(jar, "csrftoken");
  if (method !== "GET" && token) made.set("X-CSRFToken", token);
  return made;
}

function encoded(body: unknown): BodyInit | undefined {
  if (body === undefined || body instanceof FormData) return body;
  return JSON.stringify(body);
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (aborted(error)) throw error;
    throw ApiProblem.unreachable(error instanceof Error ? error.message : String(error));
  }
}

/** Call the API; every refusal, and an unreachable server, is an ApiProblem. */
export async function request<T>(method: string, path: string, call: Call = {}): Promise<T> {
  const response = await send(address(path, call.query), {
    method,
    headers: headers(method, call.body, document.cookie),
    credentials: "same-origin",
    ...(call.body === undefined ? {} : { body: encoded(call.body)! }),
    ...(call.signal ? { signal: call.signal } : {}),
  });
  if (!response.ok) throw await ApiProblem.from(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
