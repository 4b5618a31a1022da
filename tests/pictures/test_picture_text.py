"""Text in pictures: safe, measured, shortened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.pictures.colours import DARK, LIGHT
from triptych.pictures.text import clean, ellipsised, escaped, width_of


@given(st.text(), st.floats(0, 400))
def test_shortened_text_fits(text: str, room: float) -> None:
    assert width_of(ellipsised(text, room, 12), 12) <= room


@given(st.text(), st.floats(0, 400))
def test_shortened_text_is_how_the_text_begins(text: str, room: float) -> None:
    shown = ellipsised(text, room, 12)
    assert shown == text or text.startswith(shown.removesuffix("…"))


@pytest.mark.parametrize("family", ["👩‍👩‍👧‍👦", "👍🏽", "é"])
def test_what_belongs_together_is_not_cut_apart(family: str) -> None:
    text = f"abc {family} and much more"
    cuts = {ellipsised(text, room, 12).removesuffix("…") for room in range(20, 140)}
    inside = {f"abc {family[:n]}" for n in range(1, len(family))}
    assert not cuts & inside
    assert f"abc {family}" in cuts


@given(st.text(st.characters()))
def test_clean_text_stays_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode()


def test_markup_is_spelled_out() -> None:
    assert escaped('<a href="x">&\'') == "&lt;a href=&quot;x&quot;&gt;&amp;&#x27;"


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("text", 7), ("text-2", 4.5), ("accent", 4.5), ("critical", 4.5), ("warning", 4.5),
        ("bar-progress", 3), ("link-strong", 3), ("float", 3), ("summary", 7), ("milestone", 7),
    ],
)  # fmt: skip
def test_colours_stand_out_from_the_surface(scheme: dict[str, str], name: str, least: float) -> None:
    """WCAG 2.2: 4.5 to 1 for text, 3 to 1 for what must be seen."""
    assert _contrast(scheme[name], scheme["surface"]) >= least


def test_both_schemes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
