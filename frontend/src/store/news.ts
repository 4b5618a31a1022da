import type { LiveEvent } from "../api/types";
import type { ProjectPlan } from "../kernel/plan";

export interface View {
  me: number;
  own: number[];
  plan: ProjectPlan | null;
}

export interface News {
  plan: boolean;
  tree: boolean;
  toast: string | null;
}

/** Could the event have moved dates of the open plan? Links out of it carry others' changes in. */
function reaches(plan: ProjectPlan, event: LiveEvent): boolean {
  if (event.seq <= plan.seq) return false;
  return event.project === null || event.project === plan.project.id || plan.ghosts.length > 0;
}

/** What a batch of live events means for what is on the screen. */
export function news(events: LiveEvent[], { me, own, plan }: View): News {
  const foreign = events.filter((event) => !own.includes(event.seq));
  const reaching = plan ? foreign.filter((event) => reaches(plan, event)) : [];
  const others = reaching.filter((event) => event.actor?.id !== me);
  return {
    plan: reaching.length > 0,
    tree: foreign.length > 0,
    toast: others.at(-1) ? sentence(others.at(-1)!) : null,
  };
}

function sentence(event: LiveEvent): string {
  return event.actor ? `${event.actor.name}: ${event.sentence}` : event.sentence;
}
