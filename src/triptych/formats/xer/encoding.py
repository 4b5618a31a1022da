"""Which code page is this? P6 writes its files in that of the Windows it runs on, and does not say which."""

import codecs
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import groupby, islice

#: Code pages with their names for people; between equals the first one holds. UTF-8 is tried with the others so that
#: one broken byte does not spoil a whole file of it.
CODE_PAGES = {
    "cp1252": "Windows-1252 (Western European)",
    "utf-8": "UTF-8",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1256": "Windows-1256 (Arabic)",
}
DEFAULT = "cp1252"

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
#: Words with a byte beyond ASCII, and how many of them are enough to tell.
_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ENOUGH = 20_000
_LONGEST = 64
_VOWELS = frozenset("аеёиоуыэюяіїє")
_WITHOUT_CASE = frozenset({"HEBREW", "ARABIC"})
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC"})


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
    counts = Counter(found.group()[:_LONGEST] for found in islice(_WORD.finditer(data), _ENOUGH))
    return max(CODE_PAGES, key=lambda page: sum(_sense(word, page) * n for word, n in counts.items()))


def _sense(word: bytes, page: str) -> int:
    """How many letters beyond ASCII make sense in this word, less those that do not. One or two letters tell nothing:
    the signs in “5 £” and “Nº 5” are letters on other pages."""
    total = 0
    for is_letters, found in groupby(word.decode(page, errors="replace"), lambda each: bool(_script(each))):
        letters = "".join(found)
        beyond = sum(not each.isascii() for each in letters)
        if not is_letters:
            total -= letters.count("\ufffd")
        elif len(letters) > 2:
            total += beyond if _is_word(letters) else -beyond
    return total


def _is_word(letters: str) -> bool:
    """One script and capitals only in front or throughout; in small letters, Latin has some that are ASCII, and
    Cyrillic has vowels."""
    scripts = {_script(each) for each in letters}
    if len(scripts) > 1 or not (letters[1:].islower() or letters.isupper() or scripts <= _WITHOUT_CASE):
        return False
    if scripts == {"CYRILLIC"}:
        return letters.isupper() or not _VOWELS.isdisjoint(letters.lower())
    return scripts != {"LATIN"} or any(map(str.isascii, letters))


@lru_cache(maxsize=1024)
def _script(letter: str) -> str:
    """The script of a letter; empty for signs, and for letters that are used as such (² º µ)."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return script if script in _SCRIPTS and letter.isalpha() else ""
