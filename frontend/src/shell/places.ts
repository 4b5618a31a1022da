import type { Key } from "../ui/strings";

export const PLACES = [
  { path: "/", title: "nav.portfolio" },
  { path: "/products", title: "nav.products" },
  { path: "/people", title: "nav.people" },
] as const satisfies { path: string; title: Key }[];

export const projectPath = (id: number): string => `/projects/${id}`;
