"""Forecasts on a Dask cluster of this machine: two workers of their own, the same answer."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.engine.test_forecast import diamond
from triptych.cli.cluster import Cluster
from triptych.engine.forecast import forecast
from triptych.engine.forecast.usual import usual

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_answer(address: str) -> None:
    here = forecast(diamond(), usual(), iterations=3_000, tolerance=0.0)
    with closing(Cluster(address)) as workers:
        there = forecast(diamond(), usual(), iterations=3_000, tolerance=0.0, workers=workers)
    assert here.goal.finish.tolist() == there.goal.finish.tolist()
    assert here.cruciality.tolist() == there.cruciality.tolist()
    assert (here.finishes == there.finishes).all()
