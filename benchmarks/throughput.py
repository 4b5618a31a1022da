"""Whether forecasts of backlogs hold: simulated teams, whose truth is known.

    python -m benchmarks.throughput [--teams 2000]

Teams differ: how many items one finishes a week is drawn once (log-normal, median 4, half of the teams from 3
to 5), and again every week (gamma, shape 2, then Poisson), so that weeks vary by more than plain chance. Each
is forecast from a short history, and what it finishes next is what comes true. Scores are measured in units
of items / average of the history, which is known beforehand. The last line is one JSON object.
"""

import argparse
import json
from collections.abc import Iterator

import numpy as np

from triptych.engine.forecast.calibration import Past, calibration, compare
from triptych.engine.forecast.throughput import NEVER, ItemForecast, forecast_items
from triptych.plan import Instant
from triptych.plan.tables import I64

HISTORIES = (6, 8, 12, 25)
BACKLOGS = (20, 80)
CONFIDENCES = (0.1, 0.5, 0.8, 0.9)
#: Weeks that a team is watched for after its history: the slowest of thousands needs half as many for 80
#: items.
_AHEAD = 400


def teams(count: int, seed: int) -> Iterator[I64]:
    """The weeks of each team, those of its history first."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        rate = 4 * float(np.exp(rng.normal(0, 0.4)))
        weeks: I64 = rng.poisson(rng.gamma(2, rate / 2, max(HISTORIES) + _AHEAD))
        yield weeks


def past(weeks: I64, history: int, items: int, *, plain: bool) -> Past | None:
    """The forecast of one team and what came true, in weeks; None where nothing was finished before."""
    known = weeks[:history]
    found = forecast_items(known.tolist(), items, start=Instant(0), plain=plain, iterations=1_000)
    if not isinstance(found, ItemForecast):
        return None
    true = int((weeks[history:].cumsum() >= items).argmax()) + 1
    dates = {each: found.periods_for(each) or NEVER for each in CONFIDENCES}
    return Past(dates, true, unit=items / float(known.mean()))


def both(count: int, history: int, items: int) -> dict[str, float]:
    """How often each confidence held, drawn as by default and plainly, and by how much the score of the
    first is better."""
    row: dict[str, float] = {"history": history, "items": items}
    pasts = {}
    for way in ("here", "plain"):
        found = [past(weeks, history, items, plain=way == "plain") for weeks in teams(count, seed=1)]
        pasts[way] = [each for each in found if each is not None]
        row |= {
            f"{way} P{each.confidence * 100:.0f}": round(each.share, 3) for each in calibration(pasts[way])
        }
    compared = compare(pasts["here"], pasts["plain"])
    return row | {"skill": round(compared.skill, 3), "luck": round(compared.luck, 3)}


def main() -> None:
    """Print how often each confidence held."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--teams", type=int, default=2_000)
    chosen = parser.parse_args()
    rows = [both(chosen.teams, history, items) for history in HISTORIES for items in BACKLOGS]
    for row in rows:
        print("  ".join(f"{name} {value:g}" for name, value in row.items()))
    print(json.dumps({"teams": chosen.teams, "rows": rows}))


if __name__ == "__main__":
    main()
