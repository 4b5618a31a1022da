import type { ProjectPlan } from "../kernel/plan";
export function PlanPane({ plan }: { plan: ProjectPlan }) {
  return <p>{plan.tasks.length}</p>;
}
