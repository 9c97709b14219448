"""Sentences that resemble talk in what an index notices: few words are in most of them, most words in few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

OFTEN = """
the a to and of i you in it is that for on we be have with this are not but as at what so can if will
que de não a o e eu um é para com uma você os no se na por mais as dos como mas foi ao
и в не на я что он с как это по но они к у ты из мы за вы так же от
"""
ENGLISH, PORTUGUESE, RUSSIAN = (line.split() for line in OFTEN.strip().splitlines())
BEGINNINGS = [*"bcdfglmnprstv", "br", "cl", "tr", "st", "gr", "sh"]
LATIN = [beginning + vowel for beginning in BEGINNINGS for vowel in (*"aeiou", "ai", "ou", "er", "an")]
CYRILLIC = [start + vowel for start in "бвгдклмнпрст" for vowel in "аеиоуяы"]
KANA = [chr(code) for code in range(0x3041, 0x3094)]
KANJI = [chr(0x4E00 + 6 * number) for number in range(3_000)]
VOCABULARY = 30_000

Speak = Callable[[], str]


class Talk:
    """Its languages, by name; the same seed says the same."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        latin, cyrillic = self._vocabulary(LATIN), self._vocabulary(CYRILLIC)
        self.languages: dict[str, Speak] = {
            "English": lambda: self._spaced(ENGLISH, latin),
            "Portuguese": lambda: self._spaced(PORTUGUESE, latin),
            "Russian": lambda: self._spaced(RUSSIAN, cyrillic),
            "Japanese": self._unspaced,
        }

    def _vocabulary(self, syllables: Sequence[str]) -> list[str]:
        words = (
            "".join(self._random.choices(syllables, k=self._random.choice((2, 2, 3, 3, 4)))) for _ in range(VOCABULARY)
        )
        return list(words)

    def _length(self) -> int:
        return max(1, int(self._random.gammavariate(2, 6)))

    def _spaced(self, often: Sequence[str], seldom: Sequence[str]) -> str:
        chosen = (often if self._random.random() < 0.5 else seldom for _ in range(self._length()))
        return " ".join(self._one(words) for words in chosen)

    def _unspaced(self) -> str:
        chosen = (KANA if self._random.random() < 0.6 else KANJI for _ in range(2 * self._length()))
        return "".join(self._one(characters) for characters in chosen)

    def _one(self, of: Sequence[str]) -> str:
        """The first ones are chosen most often, by Zipf's law."""
        return of[int(len(of) ** self._random.random()) - 1]
