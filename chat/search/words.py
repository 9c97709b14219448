"""A text as it is searched, and as it is spelled for the index.

`searchable` makes of “Olá, Zoë!” the text “  ola  zoe  ”: neither case nor accents nor punctuation matter, and each word
stands between two spaces. So any three characters in a row tell something: “  o” that a word begins with o, “ ol” that one
begins with ol, “ola” that it goes on. Scripts without spaces between words have each character as a word of its own.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from chat.folding import fold

SPACE: Final = "  "

_REMEMBERED: Final = 20_000  # characters; Unicode has a million
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
# Thai, Lao, Myanmar, Khmer; kana and bopomofo; Chinese characters.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# These change the look of the character before them alone: tatweel, variation selectors, the keycap, tones of skin.
_LOOKS: Final = re.compile("[\u0640\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


def searchable(text: str) -> str:
    """What is compared. Of a text without words: two spaces."""
    return SPACE.join(["", *fold(text).translate(_PLACES).split(), ""])


@lru_cache(maxsize=_REMEMBERED)
def letters(character: str) -> str:
    """What one character of a text adds to its words: mostly a letter, or a space."""
    return fold(f"x{character}x")[1:-1].translate(_PLACES)  # spaces at the ends would be lost


def spelled(words: str) -> str:
    """The words in ASCII. It serves the index alone: others may be spelled in the same way, so hits are compared again.

    PostgreSQL's trigrams know letters by the database's locale, and under "C" none but ASCII's; and one character of
    thousands is no trigram yet. Those are spelled with three each, the first a digit, as hardly a word begins.
    """
    return words if words.isascii() else words.translate(_SPELLINGS)


class _Table(dict[int, str]):
    """A table for `str.translate` that grows with what is met."""

    def __init__(self, made: Callable[[str], str]) -> None:
        self._made = made

    def __missing__(self, code: int) -> str:
        value = self._made(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = value
        return value


def _placed(character: str) -> str:
    """A folded character among the words: a letter of one, one by itself, between two, or nothing."""
    if _LOOKS.match(character):
        return ""
    if _is_word(character):
        return f" {character} "
    return character if unicodedata.category(character)[0] in "LMN" else " "


def _is_word(character: str) -> bool:
    """Whether it is a word by itself: of an unspaced script, or a sign such as € or 👍."""
    category = unicodedata.category(character)
    if category[0] == "S":
        return not character.isascii()
    return category[0] in "LMN" and _UNSPACED.match(character) is not None


def _spelling(character: str) -> str:
    if character.isascii():
        return character
    code = ord(character)
    if _is_word(character):
        return f"{code % 10}{_ALPHABET[code // 10 % 36]}{_ALPHABET[code // 360 % 36]}"
    return _ALPHABET[code % 36]


_PLACES: Final = _Table(_placed)
_SPELLINGS: Final = _Table(_spelling)
