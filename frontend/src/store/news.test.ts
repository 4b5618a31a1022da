import { describe, expect, it } from "vitest";
import { news } from "./news";
import { event, plan } from "./samples";

const view = (more = {}) => ({ me: 1, own: [], plan: plan(), ...more });

describe("news", () => {
  it("reads the plan again and says who moved what", () => {
    const found = news([event(11)], view());
    expect(found).toEqual({ plan: true, tree: true, toast: "Bob: Moved “Roof”" });
  });

  it("ignores the echo of this tab's own writes", () => {
    const found = news([event(11)], view({ own: [11] }));
    expect(found).toEqual({ plan: false, tree: false, toast: null });
  });

  it("takes in what the same person did in another tab, without telling", () => {
    const mine = event(11, { actor: { id: 1, name: "Anna" } });
    expect(news([mine], view())).toEqual({ plan: true, tree: true, toast: null });
  });

  it("leaves the plan alone when it already holds the event", () => {
    expect(news([event(10)], view()).plan).toBe(false);
  });

  it("minds another project only where links lead out of this one", () => {
    const elsewhere = event(11, { project: 8 });
    expect(news([elsewhere], view())).toEqual({ plan: false, tree: true, toast: null });
    const ghost = { id: 1, name: null, project: null, project_id: null, start: "", finish: "" };
    const linked = plan({ ghosts: [ghost] });
    expect(news([elsewhere], view({ plan: linked })).plan).toBe(true);
  });

  it("minds what belongs to no project, as an absence", () => {
    expect(news([event(11, { project: null })], view()).plan).toBe(true);
  });
});
