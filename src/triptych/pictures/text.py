"""Text in pictures: made safe for XML, measured without a font, shortened to a width."""

import re
import unicodedata
from functools import lru_cache
from html import escape as escape_markup

ELLIPSIS = "…"
_JOINER = "\u200d"

#: What XML 1.0 forbids, and the other controls and lone surrogates, which no name needs and some readers refuse.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Embeddings and overrides turn a name, and what stands beside it, into something else to read.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[\t\n\r\u2028\u2029]+")

#: Advances in em of the widest of the usual system fonts, so that what fits here fits anywhere.
_ADVANCES = {
    **dict.fromkeys("ijlI'|.,:;", 0.32),
    **dict.fromkeys('ftr()[]{}-/\\ !"·–', 0.41),
    **dict.fromkeys("0123456789", 0.64),
    **dict.fromkeys("abcdeghknopqsuvxyz", 0.61),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&+", 0.74),
    **dict.fromkeys("mwMW@%—", 0.99),
}


def clean(text: str) -> str:
    """One line of text that any XML may hold: controls become U+FFFD, line breaks spaces, overrides nothing."""
    return _BIDI.sub("", _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", text)))


def escaped(text: str) -> str:
    """Clean text as markup, for content and for attributes in double quotes."""
    return escape_markup(clean(text), quote=True)


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    if _extends(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF" or unicodedata.category(character) == "So":
        return 1.25
    return 0.7


def _extends(character: str) -> bool:
    """Whether a character belongs to the one before it: accents, variation selectors, joiners, skin tones."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"


def width_of(text: str, size: float) -> float:
    """The width of `text` in pixels at a font size, on the generous side."""
    return size * sum(_ADVANCES.get(each) or _advance(each) for each in text)


def wrapped(text: str, room: float, size: float) -> list[str]:
    """`text` in lines that fit in `room` pixels, broken between words; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def ellipsised(text: str, room: float, size: float) -> str:
    """`text` if it fits in `room` pixels, else its beginning and an ellipsis; empty if not even that fits."""
    if width_of(text, size) <= room:
        return text
    left = room - size
    kept = 0
    for character in text:
        left -= size * (_ADVANCES.get(character) or _advance(character))
        if left < 0:
            break
        kept += 1
    while 0 < kept < len(text) and (_extends(text[kept]) or text[kept - 1] == _JOINER):
        kept -= 1
    return text[:kept].rstrip() + ELLIPSIS if kept else ""
