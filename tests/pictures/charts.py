"""Charts for tests: drawn, parsed, and read back by what they say of themselves."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from tests.plans import MONDAY, build
from triptych.engine.schedule import Schedule, schedule
from triptych.pictures import gantt_svg
from triptych.plan import Link, Plan, Project, Task

SVG = "{http://www.w3.org/2000/svg}"


def scheduled(
    tasks: Sequence[Task], links: Sequence[Link] = (), *, name: str = "Example", status: int | None = None
) -> Schedule:
    return schedule(_plan(tasks, links, name, status))


def _plan(tasks: Sequence[Task], links: Sequence[Link], name: str, status: int | None) -> Plan:
    return build(tasks, links, project=Project(1, name, MONDAY, 1, status_date=status))  # type: ignore[arg-type]


def chart(result: Schedule, title: str | None = None) -> ET.Element:
    """The drawing, parsed: a picture that is not well-formed XML fails here."""
    return ET.fromstring(gantt_svg(result, title=title).encode())  # noqa: S314 - our own


def classes(element: ET.Element) -> list[str]:
    return element.get("class", "").split()


def of_class(root: ET.Element, word: str) -> list[ET.Element]:
    return [each for each in root.iter() if word in classes(each)]


def marks(root: ET.Element) -> dict[int, ET.Element]:
    """The group of each task that is drawn, by uid."""
    return {
        int(each.attrib["data-task"]): each for each in root.iter(f"{SVG}g") if "data-task" in each.attrib
    }


def ends(mark: ET.Element) -> tuple[float, float]:
    """The left and right end of a task's mark."""
    for rect in of_class(mark, "bar"):
        left = float(rect.attrib["x"])
        return left, left + float(rect.attrib["width"])
    xs = [float(x) for x, _ in re.findall(r"([-\d.]+) ([-\d.]+)", mark.find(f"{SVG}path").attrib["d"])]  # type: ignore[union-attr]
    return min(xs), max(xs)


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]
