"""Which code page is this? P6 writes its files in that of the Windows it runs on, and does not say which."""

import codecs
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import islice

#: Code pages with their names for people; between equals the first one holds. UTF-8 is tried with the others so that
#: one broken byte does not spoil a whole file of it.
CODE_PAGES = {
    "cp1252": "Windows-1252 (Western European)",
    "utf-8": "UTF-8",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
}
DEFAULT = "cp1252"

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
#: Words with a byte beyond ASCII, and how many of them are enough to tell.
_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ENOUGH = 20_000
_LETTERS = re.compile(r"[^\W\d_]+|\ufffd")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file, and the code page for people where it had to be guessed; what cannot be decoded becomes
    U+FFFD."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        best = guess(data)
        return data.decode(best, errors="replace"), CODE_PAGES[best]


def guess(data: bytes) -> str:
    """The code page in which the words make most sense."""
    counts = Counter(found.group() for found in islice(_WORD.finditer(data), _ENOUGH))
    return max(CODE_PAGES, key=lambda page: sum(_sense(word, page) * n for word, n in counts.items()))


def _sense(word: bytes, page: str) -> int:
    """How many letters beyond ASCII make sense in this word, less those that do not. A single letter tells nothing:
    what is a currency's sign on one page is a letter on another."""
    total = 0
    for found in _LETTERS.finditer(word.decode(page, errors="replace")):
        letters = found.group()
        beyond = sum(not each.isascii() for each in letters)
        if letters == "\ufffd":
            total -= 1
        elif len(letters) > 1:
            total += beyond if _is_word(letters) else -beyond
    return total


def _is_word(letters: str) -> bool:
    """One script, and capitals only in front or throughout."""
    if len({_script(each) for each in letters}) > 1:
        return False
    return letters[1:] == letters[1:].lower() or letters == letters.upper()


@lru_cache(maxsize=1024)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0]
