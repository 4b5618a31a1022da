import * as api from "../api/calls";
import { ApiProblem } from "../api/problem";
import { BLANK, set } from "./state";

/** Ask who is at the screen; a stranger is no error. */
export async function resume(): Promise<void> {
  set({ outage: null });
  try {
    set({ session: await api.readSession() });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    set(error.status === 401 ? { session: null } : { outage: error });
  }
}

export async function enter(email: string, password: string): Promise<void> {
  set({ session: await api.signIn(email, password) });
}

export async function leave(): Promise<void> {
  await api.signOut();
  set({ ...BLANK, session: null });
}
