"""What a picture takes up: every mark and every line of text of it as a box in pixels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from triptych.pictures.text import width_of

SVG = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLHVmhvlzZ])([^MLHVmhvlzZ]*)")
_NUMBER = re.compile(r"-?[\d.]+")


@dataclass(frozen=True, slots=True)
class Box:
    what: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def boxes(root: ET.Element) -> Iterator[Box]:
    """Of everything that is drawn with rectangles, circles, paths and text."""
    for each in root.iter():
        kind = each.tag.removeprefix(SVG)
        if kind == "rect":
            x, y, wide, high = (float(each.attrib[name]) for name in ("x", "y", "width", "height"))
            yield Box("rect", x, y, x + wide, y + high)
        elif kind == "circle":
            x, y, r = (float(each.attrib[name]) for name in ("cx", "cy", "r"))
            yield Box("circle", x - r, y - r, x + r, y + r)
        elif kind == "path":
            points = list(_points(each.attrib["d"]))
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield Box(f"path {each.get('class')}", min(xs), min(ys), max(xs), max(ys))
        elif kind == "text":
            yield text_box(each)


def text_box(each: ET.Element) -> Box:
    """Of a line of text, by its anchor, on the generous side."""
    size, x, y = (float(each.attrib[name]) for name in ("font-size", "x", "y"))
    wide = width_of(each.text or "", size)
    left = x - wide * {"middle": 0.5, "end": 1.0}.get(each.get("text-anchor", ""), 0.0)
    return Box(each.text or "", left, y - 0.75 * size, left + wide, y + 0.2 * size)


def _points(outline: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for step, amounts in _STEP.findall(outline):
        numbers = [float(each) for each in _NUMBER.findall(amounts)]
        if step in "ML":
            x, y = numbers
        elif step == "H":
            x = numbers[0]
        elif step == "V":
            y = numbers[0]
        elif step == "h":
            x += numbers[0]
        elif step == "v":
            y += numbers[0]
        elif step in "lm":
            x, y = x + numbers[0], y + numbers[1]
        yield x, y
