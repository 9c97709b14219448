"""The names of emoji: what `:name:` means, and the names that a list offers in each language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from emoji import EMOJI_DATA, STATUS, config
from markdown_it import MarkdownIt
from markdown_it.token import Token

from chat.folding import fold
from chat.markup.texts import Env, text

ENGLISH: Final = "en"
_OTHERS: Final = ("pt",)  # with English, the languages whose names are understood
_NAME: Final = re.compile(r":([\w+-]{1,64}):")
_NAMES: Final = re.compile(rf"(?<![\w:])(?:{_NAME.pattern})+")  # no part of a time, or of a path as a::b::c
_SKIN_TONES: Final = re.compile("[\U0001f3fb-\U0001f3ff]")
_FACES: Final = re.compile("[\U0001f600-\U0001f64f]")  # the block "Emoticons"
_FLAGS: Final = re.compile("[\U0001f1e6-\U0001f1ff]")


def emoji_by_name(name: str) -> str | None:
    """The emoji that is meant, whatever the case, the accents and the language of its name."""
    return _meanings().get(name) or _meanings().get(fold(name))


def named_emoji(_parser: MarkdownIt, content: str, env: Env) -> Iterator[Token]:
    """A text with emoji in the place of their names."""

    def shown(match: re.Match[str]) -> str:
        known = emoji_by_name(match[1]) if env["emoji"].take() else None
        return known or match[0]

    yield text(_NAMES.sub(lambda names: _NAME.sub(shown, names[0]), content))


@cache
def emoji_names(language: str) -> tuple[tuple[str, ...], ...]:
    """Each emoji with its names: its own in this language first, then those that chats and code hosts have made
    familiar. Faces come first, then emoji that are used the longest, flags last; skin tones are left out."""
    rows = ((emoji, *_meaning(emoji, _offered(emoji, language))) for emoji in sorted(_offers(), key=_place))
    return tuple(row for row in rows if len(row) > 1)


@cache
def _offers() -> Mapping[str, Mapping[str, Any]]:
    for language in _OTHERS:
        config.load_language(language)
    return {
        emoji: data
        for emoji, data in EMOJI_DATA.items()
        if data["status"] == STATUS["fully_qualified"] and not _SKIN_TONES.search(emoji)
    }


@cache
def _meanings() -> Mapping[str, str]:
    """Where one name has two emoji, the familiar meaning holds, then the English one; `turkey` is a bird."""
    meanings: dict[str, str] = {}
    pictures = [emoji for emoji in _offers() if not _FLAGS.match(emoji)]
    _mean(meanings, pictures, "alias")
    for source in (ENGLISH, "alias", *_OTHERS):
        _mean(meanings, _offers(), source)
    return meanings


def _mean(meanings: dict[str, str], emojis: Iterable[str], source: str) -> None:
    for emoji in emojis:
        for name in _names(emoji, source):
            meanings.setdefault(fold(name), emoji)


def _names(emoji: str, source: str) -> list[str]:
    given = _offers()[emoji].get(source, [])
    return [_plain(name) for name in ([given] if isinstance(given, str) else given)]


def _plain(name: str) -> str:
    """With nothing in it that would end a word: `AB_button_(blood_type)` becomes `ab_button_blood_type`."""
    return re.sub(r"[^\w+-]+", "_", name.lower()).replace("__", "_").strip("_")


def _offered(emoji: str, language: str) -> list[str]:
    familiar = _names(emoji, "alias") or _names(emoji, ENGLISH)
    return list(dict.fromkeys([*_names(emoji, language), *familiar]))


def _meaning(emoji: str, names: list[str]) -> list[str]:
    """Those of the names that mean this emoji and no other."""
    return [name for name in names if emoji_by_name(name) == emoji]


def _place(emoji: str) -> tuple[bool, bool, float, str]:
    return bool(_FLAGS.match(emoji)), not _FACES.match(emoji), _offers()[emoji]["E"], emoji
