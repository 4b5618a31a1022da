"""Schedule → picture: pure functions to standalone SVG and HTML. No Django, no clock, no outside resource."""

from .gantt import gantt_svg
from .page import gantt_html

__all__ = ["gantt_html", "gantt_svg"]
