"""The files as they were published: one archive, in which most projects are zipped once more."""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data" / "dslib"
ARCHIVE = "DSLIB_Protrack_231_p2x.tar.xz"


def is_here() -> bool:
    """Whether the data set lies beside the source."""
    return (DATA / ARCHIVE).exists()


@cache
def texts() -> dict[str, bytes]:
    """What each file holds, by its name without suffixes, in order: `C2011-01 Nursing Home …`."""
    with tarfile.open(DATA / ARCHIVE) as archive:
        found = dict(_each(archive))
    return dict(sorted(found.items()))


def names() -> list[str]:
    """The names of all files."""
    return list(texts())


def _each(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        file = archive.extractfile(member) if member.isfile() else None
        if file is not None:
            name = Path(member.name).name.removesuffix(".zip").removesuffix(".p2x")
            yield name.strip(), _unzipped(file.read())


def _unzipped(content: bytes) -> bytes:
    """The one file of a zip, less what a Mac adds to it; anything else as it is."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        kept = [each for each in zipped.namelist() if not each.startswith("__MACOSX") and each[-1] != "/"]
        return zipped.read(kept[0]) if len(kept) == 1 and kept[0].endswith(".p2x") else content
