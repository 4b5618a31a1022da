"""How good and how fast levelling is, beside two peers in the same run.

    python -m benchmarks.level [--json] [--set NAME] [--sample [--seconds N] | --all [--schedules N]]
    python -m benchmarks.level --scale [--tj] [--json]

`--set` is a library of projects with scarce resources, which lies in `../shared/data` beside the source (other people's, not
kept with it): PSPLIB's j30, j60, j90, j120, rg300, and mplib, whose instances are 24 projects that share resources. Each is
made a plan, and the engine levels the plan as it does its users'. The makespan counts; every result is verified from the
instance alone.

`over_cpm_percent` is by how much makespans are over the critical-path bound, the schedule with resources never short, on
average; `gap_percent`, over the best that is known to anyone; `optimal` counts those that are proven to be the least.
`--all` takes the whole library, by default with 5,000 generated schedules each (with `--every 10` each tenth instance).
`--sample` takes 20 of its instances (30 of rg300 and mplib) in equal time, 10 s each by default, and two threads:
`cpsat_…` is CP-SAT of OR-Tools asked directly, `pyjobshop_…` PyJobShop on top of it. A peer that is not installed is
null, with the line that would install it.

`--scale` levels a generated company (`levelling.company`): 10,000 tasks of 200 people and 100,000 of 2,000, with
part-time weeks, holidays and leave, each in a process of its own, by default with 20 generated schedules. `seconds_…` is
from the plan to its levelled dates and the proposal with its reasons, `peak_mb_…` the most memory meanwhile beyond the
plan, `grown_mb_…` what a second levelling adds to what is kept. `--tj` has TaskJuggler schedule 1,000 and 5,000 tasks of
the same kind, and us too.
"""

import argparse
import json
from functools import partial
from typing import Any

from benchmarks.levelling import libraries, ours
from benchmarks.levelling.libraries import LIBRARIES
from benchmarks.levelling.race import Way, race
from benchmarks.levelling.scale import measure_alone, measure_scale
from benchmarks.levelling.verify import NotValid
from benchmarks.peers import cp_sat, pyjobshop

SCHEDULES, SECONDS = 5_000, 10.0
#: Of a whole company: what the priority rules give, and a few more.
FEW_SCHEDULES = 20


def measure_library(chosen: argparse.Namespace) -> dict[str, Any]:
    """The figures of one library."""
    library = chosen.set
    if lacks := libraries.lacking(library):
        raise SystemExit(f"{libraries.DATA / lacks} of others is not there: see benchmarks/levelling")
    instances = libraries.instances(library)[:: chosen.every] if chosen.all else libraries.sample(library)
    terms = {"schedules": chosen.schedules, "seconds": chosen.seconds}
    ways: dict[str, Way] = {"": partial(ours.level, threads=chosen.threads, seed=chosen.seed, **terms)}
    if chosen.seconds is not None and not chosen.no_peers:
        timed = {"seconds": chosen.seconds, "workers": chosen.threads, "seed": chosen.seed}
        ways |= {"cpsat_": partial(cp_sat.level, **timed), "pyjobshop_": partial(pyjobshop.level, **timed)}
    if chosen.no_ours:
        del ways[""]
    else:
        ours.warm_up()
    known = libraries.known(library)
    figures = race(instances, known, ways, tell_each=chosen.seconds is not None)
    return {
        "set": library,
        "instances": len(instances),
        "threads": chosen.threads,
        "seed": chosen.seed,
        **terms,
        **figures,
    }


def arguments() -> argparse.Namespace:
    """What is asked for, completed by what goes without saying."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    parser.add_argument("--set", choices=LIBRARIES, default="j120")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--sample", action="store_true", help="the instances for equal time (the default)")
    which.add_argument("--all", action="store_true", help="the whole library")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="with --all: only each Nth")
    which.add_argument("--scale", action="store_true", help="generated companies instead of a library")
    parser.add_argument(
        "--schedules",
        type=int,
        help=f"how many are generated ({SCHEDULES:,} with --all, {FEW_SCHEDULES} with --scale)",
    )
    parser.add_argument("--seconds", type=float, help=f"for each instance ({SECONDS:g} with --sample)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-ours", action="store_true", help="the peers alone")
    parser.add_argument("--tj", action="store_true", help="with --scale: beside TaskJuggler")
    parser.add_argument("--alone", type=int, nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    for name in ("schedules", "seconds", "threads", "every"):
        value = getattr(chosen, name)
        if value is not None and value <= 0:
            parser.error(f"--{name} takes a number above 0")
    if chosen.schedules is None and chosen.seconds is None:
        if chosen.scale:
            chosen.schedules = FEW_SCHEDULES
        elif chosen.all:
            chosen.schedules = SCHEDULES
        else:
            chosen.seconds = SECONDS
    return chosen


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    chosen = arguments()
    if chosen.alone:
        print(json.dumps(measure_alone(chosen)))
        return
    try:
        figures = measure_scale(chosen) if chosen.scale else measure_library(chosen)
    except NotValid as broken:
        raise SystemExit(f"A result is none, so there are no figures. {broken}") from broken
    if not chosen.json:
        for name, value in figures.items():
            print(f"{name:28}{value:>18,.4g}" if isinstance(value, float) else f"{name:28}{value!s:>18}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
