/** The API by name: one function a door. */
import type { Change, ProjectPlan } from "../kernel/plan";
import { request } from "./client";
import type * as wire from "./types";

export const readSession = () => request<wire.Session>("GET", "/session");

export const signIn = (email: string, password: string) =>
  request<wire.Session>("POST", "/session", { body: { email, password } });

export const signOut = () => request<void>("DELETE", "/session");

export const readTree = () => request<wire.Tree>("GET", "/tree");

export const readProject = (id: number, signal?: AbortSignal) =>
  request<ProjectPlan>("GET", `/projects/${id}`, signal ? { signal } : {});

export const previewChanges = (id: number, changes: Change[], signal: AbortSignal) =>
  request<wire.ChangeAnswer>("POST", `/projects/${id}/changes`, {
    query: { preview: true },
    body: { changes, seq: null },
    signal,
  });

export const commitChanges = (id: number, changes: Change[], seq: number | null) =>
  request<wire.ChangeAnswer>("POST", `/projects/${id}/changes`, { body: { changes, seq } });

export const readWhy = (task: number, field: wire.Why["field"], signal: AbortSignal) =>
  request<wire.Why>("GET", `/tasks/${task}/why`, { query: { field }, signal });

export const readPullIn = (task: number, days: number, signal: AbortSignal) =>
  request<wire.PullIn>("GET", `/tasks/${task}/pull-in`, { query: { days }, signal });

export const undo = () => request<wire.UndoAnswer>("POST", "/undo", { body: {} });

export const redo = () => request<wire.UndoAnswer>("POST", "/redo", { body: {} });

export const readHistory = (project: number, before: number | null) =>
  request<wire.History>("GET", "/history", { query: { project, before } });

export function importFile(file: File, parent: number, preview: boolean) {
  const body = new FormData();
  body.set("file", file);
  body.set("parent", String(parent));
  return request<wire.ImportAnswer>("POST", "/imports", { query: { preview }, body });
}

export const readPeople = () => request<{ people: wire.TeamMember[] }>("GET", "/people");

export const addAbsence = (person: number, absence: wire.Absence, preview: boolean) =>
  request<wire.ChangeAnswer>("POST", `/people/${person}/absences`, {
    query: { preview },
    body: absence,
  });

export const readProducts = () => request<{ products: wire.Product[] }>("GET", "/products");
