"""The passes, interpreted or compiled. The same source serves both, so there is one statement of every rule.

Compiling takes some tens of seconds once after an installation and a quarter of a second from the cache later. Small
plans are done in that time by the interpreter and never come here; plans of some thousand tasks come here once the
cache is warm; only for very large ones is the compiler worth waiting for.
"""

import hashlib
import importlib.util
import inspect
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from . import columns, draws, early, floats, grid, hours, kernels, lanes, late, nodes, reach, slack

#: From this many nodes on the compiled passes are faster, counting the import of the compiler, once it has run.
COMPILE_FROM = 4_000
#: From this many nodes on they are faster even counting the compilation.
WAIT_FROM = 300_000
#: In the order in which they use one another.
MODULES = (hours, nodes, floats, early, late, reach, kernels)
#: The same over many iterations abreast, for forecasts alone: never interpreted, for it would take too long.
_LANES = (draws, grid, lanes, slack)

#: What every node passes through: a call costs more than the work, for the whole network goes with it.
_INLINED = frozenset(
    """first_closing_after holding worked_at slack_on work_from work_until lagged unlagged at_start at_finish
    first_instant asked placed keep_early date_early date_special keep_late over_plain_links over_other_links
    latest_allowed free_float slip_of_others
    worked_before lagged_slack date_late date_special_late mixed chance
    slot_at room_left busy_until busy_from take all_busy_until all_busy_from place_early free_place comes_before
    draw_minutes draw_shape pace ask_start ask_finish settle_gaps bank_ends to_worked to_instants cross
    measure_to_goal allow sum_paced sum_others""".split()  # noqa: SIM905 - best read as words
)
#: Where sums of many lanes may be taken in any order, so that several are taken at once.
_LOOSE = frozenset(("sum_paced", "sum_others", "weigh"))
#: Only the order is free, and there is no infinity to mind. Draws are not among them: they come out the same everywhere.
_FREEDOMS = {"reassoc", "nsz", "nnan", "ninf"}

#: The name by which the rest of the engine calls the passes, either kind.
Passes = Any


def functions_of(module: ModuleType) -> dict[str, Any]:
    """The functions that a module defines, by name."""
    own = inspect.getmembers(module, inspect.isfunction)
    return {name: function for name, function in own if function.__module__ == module.__name__}


#: Every function of the passes, as it is written.
INTERPRETED: Passes = SimpleNamespace(
    interpreted=True, **{n: f for each in MODULES for n, f in functions_of(each).items()}
)


@cache
def cache_folder(modules: tuple[ModuleType, ...] = MODULES) -> Path:
    """Where compiled passes are kept: a folder of the user's own for each version of their source, for the
    compiler's cache itself does not see that a function in another file has changed."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only large plans come here

    digest = hashlib.sha256(importlib.util.find_spec("numba").origin.encode())  # type: ignore[union-attr]
    for file in (__file__, columns.__file__, *(str(module.__file__) for module in modules)):
        digest.update(Path(file).read_bytes())
    return user_cache_path("triptych") / "passes" / digest.hexdigest()[:16]


def is_warm() -> bool:
    """Whether the passes have been compiled before on this machine."""
    return (cache_folder() / "ready").exists()


@cache
def compiled_passes() -> Passes:
    """Every function of the passes, compiled by numba."""
    return SimpleNamespace(interpreted=False, **compile_all(MODULES, {}, cache_folder()))


@cache
def compiled_lanes() -> Passes:
    """Those and the passes over lanes."""
    passes = vars(compiled_passes())
    return SimpleNamespace(**passes, **compile_all(_LANES, passes, cache_folder(MODULES + _LANES)))


def compile_all(modules: tuple[ModuleType, ...], known: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The functions of these modules, compiled, by name; `known` are those that they use."""
    import numba  # noqa: PLC0415 - a third of a second, which small plans must not pay

    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    made: dict[str, Any] = {}
    for module in modules:
        copy = _copied(module)
        usable = known | made
        vars(copy).update({name: each for name, each in usable.items() if name in vars(copy)})
        for name, function in functions_of(copy).items():
            # Without reference counts: nothing is allocated in there, and counting costs ten times the work.
            options: dict[str, Any] = {"cache": True, "_nrt": False, "nogil": True, "error_model": "numpy"}
            if name in _LOOSE:
                options["fastmath"] = _FREEDOMS
            made[name] = numba.njit(**options, forceinline=name in _INLINED)(function)
            setattr(copy, name, made[name])
    return made


def _copied(module: ModuleType) -> ModuleType:
    spec = importlib.util.find_spec(module.__name__)
    if spec is None or spec.loader is None:
        raise ImportError(module.__name__)
    copy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(copy)
    return copy


def passes_for(size: int) -> Passes:
    """The passes to run over a plan of `size` tasks: interpreted for a small plan, compiled for a large one."""
    if size >= WAIT_FROM or (size >= COMPILE_FROM and is_warm()):
        return compiled_passes()
    return INTERPRETED


def are_lanes_warm() -> bool:
    """Whether the passes over lanes have been compiled before on this machine."""
    return is_warm() and (cache_folder(MODULES + _LANES) / "ready").exists()


def mark_warm() -> None:
    """Say that every function has been compiled; see `warm`."""
    for folder in (cache_folder(), cache_folder(MODULES + _LANES)):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ready").touch()
