"""Where the costs and needs of a candidate come from, when not from the file itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The plan of a candidate, and what is not certain about it: paths beside the file. Where `open_window`, the file
    does not say when it may start."""

    candidate: str
    plan: str
    risks: str = ""
    open_window: bool = True
