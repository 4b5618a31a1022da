"""The passes, compiled. The same source as `passes`, so there is one statement of every rule.

Compiling takes seconds the first time and a tenth of a second from numba's cache later; small plans are done in
that time by the interpreter, and never come here.
"""

import importlib.util
import inspect
from functools import cache
from types import ModuleType

from . import passes

#: From this many nodes on, the compiled passes are faster even counting their start.
COMPILE_FROM = 20_000


@cache
def compiled_passes() -> ModuleType:
    """A second copy of the module `passes` in which every function is compiled by numba."""
    import numba  # noqa: PLC0415 - a third of a second, which small plans must not pay

    spec = importlib.util.find_spec(passes.__name__)
    if spec is None or spec.loader is None:
        raise ImportError(passes.__name__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == passes.__name__:
            setattr(module, name, numba.njit(cache=True)(function))
    return module


def passes_for(nodes: int) -> ModuleType:
    """The module to run: interpreted for a small plan, compiled for a large one."""
    return compiled_passes() if nodes >= COMPILE_FROM else passes
