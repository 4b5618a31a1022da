"""The functions of levelling, interpreted or compiled; see `engine.compiled`."""

from functools import cache
from pathlib import Path
from types import SimpleNamespace

from triptych.engine.compiled import (
    INTERPRETED,
    MODULES,
    Passes,
    cache_folder,
    compile_all,
    compiled_passes,
    functions_of,
)

from . import generation, population, profile, records

#: In the order in which they use one another.
_MODULES = (profile, generation, population)
#: From so many placed tasks on the compiled functions are faster, counting the import of the compiler.
_COMPILE_FROM = 20_000
#: From so many on even counting the compilation.
_WAIT_FROM = 2_000_000


@cache
def interpreted() -> Passes:
    """As they are written."""
    own = {name: each for module in _MODULES for name, each in functions_of(module).items()}
    return SimpleNamespace(**vars(INTERPRETED), **own)


@cache
def compiled() -> Passes:
    """Compiled by numba."""
    passes = vars(compiled_passes())
    return SimpleNamespace(**passes, **compile_all(_MODULES, passes, _folder()))


def _folder() -> Path:
    return cache_folder((*MODULES, records, *_MODULES))


def is_warm() -> bool:
    """Whether levelling has been compiled before on this machine."""
    return (_folder() / "ready").exists()


def mark_warm() -> None:
    """Say that every function has been compiled; see `engine.warm`."""
    _folder().mkdir(parents=True, exist_ok=True)
    (_folder() / "ready").touch()


def passes_for_levelling(placed: int) -> Passes:
    """The functions with which to place so many tasks, all schedules together."""
    if placed >= _WAIT_FROM or (placed >= _COMPILE_FROM and is_warm()):
        return compiled()
    return interpreted()
