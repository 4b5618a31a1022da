"""The libraries as they were published, archives of texts, and the best makespans known of them."""

import csv
import io
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from .instance import Instance
from .texts import read_mplib, read_patterson, read_psplib

DATA = Path(__file__).parents[3] / "shared" / "data"
#: Ghent University's update of September 2024, by library; of RG300 the better of its two lists.
_LISTS = {
    "j30": "J30.csv",
    "j60": "J60_1.csv",
    "j90": "J90_3.csv",
    "j120": "J120_0.csv",
    "rg300": "RG300_0.csv",
}
#: What CP-SAT and CP Optimizer found in 900 s on eight cores (PyJobShop's experiments), and one list of best values.
_RESULTS, _FLAT = "pyjobshop_results_rcpsp_rcmpsp.csv", "bks_pyjobshop.csv"
#: The 20 instances of PSPLIB that all are compared on at equal time, as `parameter_instance`.
SAMPLE = {
    "j30": "11_9 12_4 12_9 13_5 13_7 14_4 14_8 17_7 1_9 25_5 27_7 29_2 2_4 30_2 33_9 35_4 37_8 40_3 4_1 8_5",
    "j60": "12_3 12_5 13_1 13_10 14_6 16_3 20_3 20_4 21_3 29_3 2_7 36_2 36_5 36_9 37_5 37_8 37_9 3_10 3_2 4_3",
    "j120": "16_10 16_4 19_9 1_5 21_1 22_6 23_7 27_5 28_2 2_1 37_6 39_5 45_10 49_9 60_3 6_1 7_3 7_7 8_4 9_5",
}
#: Of the other libraries so many are drawn, always the same.
DRAWN = 30


@dataclass(frozen=True, slots=True)
class Known:
    """The least makespan that anyone has found, and the most that anyone has proven that it must be."""

    best: int
    bound: int


@dataclass(frozen=True, slots=True)
class _Library:
    archive: str
    read: Callable[[str, str], Instance]


LIBRARIES = {
    "j30": _Library("psplib/j30.sm.tar.gz", read_psplib),
    "j60": _Library("psplib/j60.sm.tar.gz", read_psplib),
    "j90": _Library("psplib/j90.sm.tar.gz", read_psplib),
    "j120": _Library("psplib/j120.sm.tar.gz", read_psplib),
    "rg300": _Library("psplib/RG300.rcp.tar.xz", read_patterson),
    "mplib": _Library("mpsplib/MPLIB1_Set3_300of2254.tar.xz", read_mplib),
}


def lacking(library: str) -> str:
    """Which file is not there, or nothing."""
    needed = [LIBRARIES[library].archive, f"psplib/{_RESULTS}", f"psplib/{_FLAT}"]
    if library in _LISTS:
        needed.append(f"psplib/bks_solutionsupdate/{_LISTS[library]}")
    return next((each for each in needed if not (DATA / each).exists()), "")


def instances(library: str) -> list[Instance]:
    """All of a library, by parameter and number, each by the name that its file has."""
    return [LIBRARIES[library].read(name, text) for name, text in _texts(library)]


def _texts(library: str) -> list[tuple[str, str]]:
    """Name and text of each, in order."""
    with tarfile.open(DATA / LIBRARIES[library].archive) as archive:
        files = (
            (Path(member.name).stem, archive.extractfile(member)) for member in archive if member.isfile()
        )
        found = [(name, file.read().decode("ascii")) for name, file in files if file is not None]
    return sorted(found, key=lambda each: number_of(library, each[0]))


def number_of(library: str, name: str) -> int:
    """Which of its library it is, counted from 1 (of MPLIB from 0): PSPLIB numbers ten for each parameter."""
    if library in SAMPLE or library == "j90":
        parameter, one = name.removeprefix(library).split("_")
        return 10 * int(parameter) + int(one) - 10
    return int(name.rsplit("_", 1)[1])


def sample(library: str) -> list[Instance]:
    """The instances that are compared at equal time: those of `SAMPLE`, or as many as `DRAWN`, evenly drawn."""
    texts = _texts(library)
    if library in SAMPLE:
        wanted = {f"{library}{each}" for each in SAMPLE[library].split()}
        chosen = [each for each in texts if each[0] in wanted]
    else:
        drawn = np.random.default_rng(1).choice(len(texts), DRAWN, replace=False)
        chosen = [texts[each] for each in sorted(drawn.tolist())]
    return [LIBRARIES[library].read(name, text) for name, text in chosen]


@cache
def known(library: str) -> dict[str, Known]:
    """What is known of each instance, by name: the least and the most of all lists and results there are."""
    found: dict[str, Known] = {}
    for number, best, bound in (*_listed(library), *_flat(library), *_results(library)):
        name = _name_of(library, number)
        at = found.get(name, Known(best, bound))
        found[name] = Known(min(at.best, best), max(at.bound, bound))
    return found


def _name_of(library: str, number: int) -> str:
    if library in {"rg300", "mplib"}:
        return f"{_LABELS[library]}{number}"
    return f"{library}{(number + 9) // 10}_{(number - 1) % 10 + 1}"


#: What the lists that count through call an instance, but for its number.
_LABELS = {"rg300": "RG300_", "mplib": "MPLIB1_Set3_"} | {
    each: f"{each.upper()}_" for each in ("j30", "j60", "j90", "j120")
}


def _listed(library: str) -> Iterator[tuple[int, int, int]]:
    """Number, best makespan and bound of each instance of Ghent's list."""
    if library not in _LISTS:
        return
    text = (DATA / "psplib" / "bks_solutionsupdate" / _LISTS[library]).read_text(encoding="latin-1")
    lines = text.splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("ID;"))
    for row in csv.DictReader(io.StringIO("\n".join(lines[head:])), delimiter=";"):
        if row["UB value"]:
            yield int(row["ID"]), int(row["UB value"]), max(int(row["LB value"]), int(row["OPT value"]))


def _flat(library: str) -> Iterator[tuple[int, int, int]]:
    for row in _rows(_FLAT):
        if row["instance"].startswith(_LABELS[library]):
            yield _number(row), int(float(row["bks"])), 0


def _results(library: str) -> Iterator[tuple[int, int, int]]:
    for row in _rows(_RESULTS):
        if row["instance"].startswith(_LABELS[library]) and row["objective"]:
            yield _number(row), int(float(row["objective"])), int(float(row["lower_bound"] or 0))


def _number(row: dict[str, str]) -> int:
    return int(row["instance"].removesuffix(".txt").rsplit("_", 1)[1])


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / "psplib" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
