"""The risk register of any level of the tree, by exposure, and as the forecast takes it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from triptych.apps.control.models import AffectedTask, Risk, RiskResponse
from triptych.apps.control.models.risks import OPEN_RISK, ResponseState, RiskKind, RiskState
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to
from triptych.plan import uncertainty

from .below import below


@dataclass(frozen=True, slots=True)
class Exposed:
    """A risk with its exposure: probability times expected impact, in working minutes and hundredths; less than
    nothing for an opportunity, None where nobody has assessed it. `money` is None also for who may not see it."""

    risk: Risk
    minutes: int | None
    money: int | None


def register(rights: Rights, node: Node) -> list[Exposed]:
    """The open risks of a node and of everything below it that the reader may see, by what they threaten: time
    first, then money, whichever sign they have. Those that nobody has assessed come last. One statement."""
    found = _open(rights).filter(below(node)).select_related("node", "owner")
    exposed = [exposure(rights, each) for each in found]
    return sorted(exposed, key=_weight)


def _weight(each: Exposed) -> tuple[bool, int, int, int]:
    return each.minutes is None, -abs(each.minutes or 0), -abs(each.money or 0), each.risk.pk


def exposure(rights: Rights, risk: Risk) -> Exposed:
    """What a risk is expected to take: probability times the mean of the triangle of its impact, which is what the
    forecast draws from. Once its response is in place, what is left of it."""
    sign = 1 if risk.kind == RiskKind.THREAT else -1
    probability, delay, cost = _residual(risk) if _is_answered(risk) else _inherent(risk)
    if probability is None:
        return Exposed(risk, None, None)
    money = sign * _expected(probability, cost) if _sees_money(rights, risk) else None
    return Exposed(risk, sign * _expected(probability, delay), money)


def _expected(probability: int, points: Iterable[int]) -> int:
    return round(probability * sum(points) / 3000)


_Impact = tuple[int | None, tuple[int, int, int], tuple[int, int, int]]


def _inherent(risk: Risk) -> _Impact:
    delay = risk.delay_least, risk.delay_likely, risk.delay_most
    return risk.probability, delay, (risk.cost_least, risk.cost_likely, risk.cost_most)


def _residual(risk: Risk) -> _Impact:
    delay = risk.residual_delay_least, risk.residual_delay_likely, risk.residual_delay_most
    cost = risk.residual_cost_least, risk.residual_cost_likely, risk.residual_cost_most
    return risk.residual_probability, delay, cost


def _is_answered(risk: Risk) -> bool:
    """Whether its response is in place, and somebody has said what is left of it."""
    return risk.state == RiskState.MONITORED and risk.residual_probability is not None


def _open(rights: Rights) -> QuerySet[Risk]:
    return records_visible_to(rights, Risk).filter(state__in=OPEN_RISK).order_by("pk")


def _sees_money(rights: Rights, risk: Risk) -> bool:
    return rights.may_on(Verb.SEE_MONEY, risk.node_id, risk.node.project_id)


# As the forecast takes them


@dataclass(frozen=True, slots=True)
class Drawn:
    """Risks as the forecast takes them. `by_name` leads from their names there back to the register. What it cannot
    draw is told: `unassessed` have no probability, `unplaced` a delay and no task that they strike."""

    risks: tuple[uncertainty.Risk, ...]
    by_name: dict[str, int]
    unassessed: tuple[Risk, ...]
    unplaced: tuple[Risk, ...]


def risks_of(rights: Rights, projects: Collection[int]) -> Drawn:
    """The open risks of a plan, for its forecast: those of its projects and of what is in them, and those of other
    nodes that strike tasks of it. Risks that the reader may not see are none, and cost nothing to who may not see
    money. Four statements.

    A delay strikes the affected tasks, each of them, or else the task that the risk hangs on. A risk of a project or
    of a phase that names no task has no place in the network: of it only the money counts, to that project.
    """
    of_the_plan = Q(node__in=projects) | Q(node__project__in=projects)
    strikes = Exists(AffectedTask.objects.filter(risk=OuterRef("pk"), task__project__in=projects))
    parent = Exists(Node.objects.filter(parent=OuterRef("node"), removed_by=None))
    affected = AffectedTask.objects.filter(task__project__in=projects, task__removed_by=None).order_by("pk")
    responses = RiskResponse.objects.filter(task=None).exclude(state=ResponseState.DROPPED)
    found = list(
        _open(rights)
        .filter(of_the_plan | strikes)
        .annotate(is_parent=parent)
        .select_related("node")
        .prefetch_related(Prefetch("affected", affected, "strikes"), Prefetch("responses", responses, "paid"))
    )
    roots = _roots(projects)
    names = Counter(each.name for each in found)
    drawn, by_name, unplaced = [], {}, []
    for each in found:
        if each.probability is None:
            continue
        name = each.name if names[each.name] == 1 else f"{each.name} ({each.pk})"
        tasks = _struck(each)
        if not tasks and each.delay_most:
            unplaced.append(each)
        by_name[name] = each.pk
        drawn.append(_drawn(each, name, tasks, roots, sees_money=_sees_money(rights, each)))
    unassessed = tuple(each for each in found if each.probability is None)
    return Drawn(tuple(drawn), by_name, unassessed, tuple(unplaced))


def _roots(projects: Collection[int]) -> dict[int, list[int]]:
    """The uppermost tasks of each project: between them, all that is in it."""
    found: dict[int, list[int]] = {}
    rows = Node.objects.filter(parent__in=projects, project__in=projects, removed_by=None).order_by("pk")
    for task, project in rows.values_list("pk", "project"):
        found.setdefault(project or 0, []).append(task)
    return found


def _struck(risk: Risk) -> tuple[int, ...]:
    if affected := tuple(each.task_id for each in risk.strikes):  # type: ignore[attr-defined]  # prefetched
        return affected
    return () if risk.node.project_id is None or risk.is_parent else (risk.node_id,)  # type: ignore[attr-defined]


def _drawn(
    risk: Risk, name: str, tasks: tuple[int, ...], roots: dict[int, list[int]], *, sees_money: bool
) -> uncertainty.Risk:
    sign = 1 if risk.kind == RiskKind.THREAT else -1
    inherent = _effect(_inherent(risk), sign, placed=bool(tasks), sees_money=sees_money)
    price = sum(each.cost for each in risk.paid) if sees_money else 0  # type: ignore[attr-defined]  # prefetched
    where = tasks or (tuple(roots.get(risk.node_id, ())) if risk.node.project_id is None else (risk.node_id,))
    if risk.residual_probability is None:
        answered = risk.state == RiskState.MONITORED
        return uncertainty.Risk(name, inherent, where, price=price if answered else 0)
    residual = _effect(_residual(risk), sign, placed=bool(tasks), sees_money=sees_money)
    if _is_answered(risk):
        return uncertainty.Risk(name, residual, where, price=price)
    return uncertainty.Risk(name, inherent, where, response=residual, price=price)


def _effect(impact: _Impact, sign: int, *, placed: bool, sees_money: bool) -> uncertainty.Effect:
    probability, delay, cost = impact
    return uncertainty.Effect(
        probability=(probability or 0) / 1000,
        delay=_range(delay, sign) if placed and delay[2] else None,
        cost=_range(cost, sign) if sees_money and cost[2] else None,
    )


def _range(points: tuple[int, int, int], sign: int) -> uncertainty.Range:
    least, likely, most = points if sign > 0 else tuple(-each for each in reversed(points))
    return uncertainty.Range(least, likely, most)
