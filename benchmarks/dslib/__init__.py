"""DSLIB, 231 real projects with their progress, as plans: what forecasts and indices are measured on.

Batselier, J. & Vanhoucke, M. (2015): Construction and evaluation framework for a real-life project database. International
Journal of Project Management 33(3), 697–710. The files are those of version 3.0 (May 2026) beside the source, in
`../shared/data/dslib`; no licence is stated, so nothing of them is kept with it.
"""

from .analysis import INDICES, Published, Spread, authentic, published
from .archive import ARCHIVE, DATA, is_here, names, texts
from .overview import Overview, Row, overviews
from .project import read
from .records import Indices, Period, Profile, Progress, Tracked
from .whole import NotRead, not_read, projects

__all__ = [
    "ARCHIVE",
    "DATA",
    "INDICES",
    "Indices",
    "NotRead",
    "Overview",
    "Period",
    "Profile",
    "Progress",
    "Published",
    "Row",
    "Spread",
    "Tracked",
    "authentic",
    "is_here",
    "names",
    "not_read",
    "overviews",
    "projects",
    "published",
    "read",
    "texts",
]
