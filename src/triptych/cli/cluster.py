"""A Dask cluster for simulations: the same blocks, run elsewhere, with the same answer."""

from collections.abc import Iterator, Sequence
from typing import Any

from triptych.engine.forecast.run import Block, Trial, run_blocks

#: Blocks sent as one task: a cluster needs some milliseconds for each, a block of a large plan takes about as long.
AT_ONCE = 4


class Cluster:
    """The workers behind a scheduler's address, `tcp://host:8786`; see `forecast.run.Workers`.

    Every worker needs Triptych of the same version. Raises OSError where there is no scheduler.
    """

    def __init__(self, address: str) -> None:
        import distributed  # noqa: PLC0415 - the extra `cluster`

        connect: Any = distributed.Client
        self._client = connect(address, timeout=10)
        self._sent: tuple[Trial, Any] | None = None

    def run(self, trial: Trial, blocks: Sequence[tuple[int, bool]]) -> Iterator[Block]:
        """In order, whoever is done first."""
        shared = self._shared(trial)
        parts = [blocks[at : at + AT_ONCE] for at in range(0, len(blocks), AT_ONCE)]
        waiting = [self._client.submit(run_blocks, shared, part, pure=False) for part in parts]
        for each in waiting:
            yield from each.result()

    def close(self) -> None:
        """Leave the cluster, which stays."""
        self._client.close()

    def _shared(self, trial: Trial) -> Any:
        """The trial on every worker, sent there once."""
        if self._sent is None or self._sent[0] is not trial:
            self._sent = trial, self._client.scatter(trial, broadcast=True)
        return self._sent[1]
