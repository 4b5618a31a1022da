"""Drawing from the distributions of a portfolio's estimates."""

import zlib

import numpy as np
from numpy.typing import NDArray

from triptych.engine.draws import FIXED, STEPPED, STEPS, TRIANGULAR
from triptych.engine.forecast.shapes import Tables
from triptych.plan.uncertainty import Distribution

F64 = NDArray[np.float64]


def luck(seed: int, name: str, what: str, draws: int) -> F64:
    """Numbers from 0 to 1, always the same for one seed and name: another project more, and this one's stay."""
    return np.random.default_rng([seed, zlib.crc32(f"{what} of {name}".encode())]).random(draws)


def quantiles(value: Distribution, shares: F64) -> F64:
    """The values below which these shares of a distribution lie, by the shapes that forecasts draw from."""
    tables = Tables()
    shape = tables.shape_of(value)
    low, high = shape.get("low", 0.0), shape.get("high", 0.0)
    if shape["shape"] == FIXED:
        return np.full(len(shares), low)
    if shape["shape"] == TRIANGULAR:
        rising, falling = np.sqrt(shares * shape["left"]), np.sqrt((1 - shares) * shape["right"])
        return np.where(shares < shape["cut"], low + rising, high - falling)
    table = tables.whole().astype(np.float64)
    if shape["shape"] == STEPPED:
        return table[np.minimum((shares * STEPS).astype(np.int64), STEPS)]
    return low + high * np.interp(shares, np.linspace(0, 1, STEPS + 1), table)
