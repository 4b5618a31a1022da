"""SVG elements as text. Coordinates are rounded to a tenth of a pixel, text is escaped here and nowhere else."""

from collections.abc import Iterable

from .text import escaped


def number(value: float) -> str:
    """A coordinate, as short as can be."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """An element whose `content` is markup already; `_` in the name of an attribute stands for `-`."""
    spelled = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{spelled}>{content}</{name}>" if content else f"<{name}{spelled}/>"


def document(parts: Iterable[str], class_: str, label: str, width: float, height: float) -> str:
    """A whole SVG document, a line for each part that is not empty; `label` says what it shows."""
    return element(
        "svg",
        "\n".join(each for each in parts if each) + "\n",
        xmlns="http://www.w3.org/2000/svg",
        class_=class_,
        role="img",
        aria_label=label,
        width=number(width),
        height=number(height),
        viewBox=f"0 0 {number(width)} {number(height)}",
    )


def group(parts: Iterable[str], class_: str = "", **attributes: str | float) -> str:
    """A group, or nothing if nothing is in it."""
    content = "".join(parts)
    return element("g", content, class_=class_, **attributes) if content else ""


def rect(x: float, y: float, width: float, height: float, class_: str, *, rx: float = 0) -> str:
    corner = f' rx="{number(rx)}"' if rx else ""
    return (
        f'<rect class="{class_}" x="{number(x)}" y="{number(y)}" width="{number(width)}" '
        f'height="{number(height)}"{corner}/>'
    )


def text(x: float, y: float, content: str, class_: str = "", *, size: float, anchor: str = "") -> str:
    """A line of text on the baseline `y`; `anchor` is `middle` or `end`."""
    return element(
        "text", escaped(content), class_=class_, x=x, y=y, font_size=number(size), text_anchor=anchor
    )


def path(steps: Iterable[str], class_: str) -> str:
    """A path, or nothing if it has no steps."""
    outline = "".join(steps)
    return f'<path class="{class_}" d="{outline}"/>' if outline else ""


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight piece of a path, in the middle of the pixels so that it is crisp."""
    return f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"


def box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a piece of a path."""
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z"


def polygon(points: Iterable[tuple[float, float]]) -> str:
    """A closed piece of a path."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "z"


def diamond(x: float, y: float, radius: float) -> str:
    return polygon([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)])
