"""Who is called by `@name`. Here calls are found in a text and shown; whom a name belongs to is for others to say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from chat.markup.texts import Env, text

EVERYONE: Final = "all"
_CLOSING: Final = ".+@_-"  # what may stand in a username, and end a sentence behind it
# As long as a username may be. Behind a letter or a dot it would be an e-mail address.
_CALL: Final = re.compile(r"(?<![\w.+@-])@([\w.+@-]{1,150}+)(?![\w.+@-])")
_MARKED: Final = re.compile(r'<span class="mention">@([\w.+@-]+)</span>')


class Called(NamedTuple):
    """Who answers to a name; `everyone` has no id."""

    id: int | None
    name: str


def key(name: str) -> str:
    """The same for all ways to write a username."""
    return normalize("NFKC", name).casefold()


def means_everyone(name: str) -> bool:
    """Whether whoever writes this name calls everybody, even if it were a person's."""
    return key(name).rstrip(_CLOSING) == EVERYONE


def called(_parser: MarkdownIt, content: str, env: Env) -> Iterator[Token]:
    """A text, with a mark for each call; `env["names"]` learns all that may be meant."""
    end = 0
    for match in _CALL.finditer(content):
        if not env["mentions"].take():
            break
        env["names"].update(map(key, _readings(match[1])))
        yield text(content[end : match.start()])
        yield Token("mention", "span", 0, content=match[1])
        end = match.end()
    yield text(content[end:])


def mark(_renderer: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Env) -> str:
    return f'<span class="mention">@{tokens[index].content}</span>'


def fill(html: str, people: Mapping[str, Called]) -> tuple[str, list[Called]]:
    """Marked HTML with the names of those who are called; what calls nobody is text. And who they are, in order."""
    found: dict[Called, None] = {}

    def shown(match: re.Match[str]) -> str:
        for name in _readings(match[1]):
            if (one := people.get(name) or people.get(key(name))) is not None:
                found[one] = None
                return _span(one) + match[1][len(name) :]
        return f"@{match[1]}"

    return _MARKED.sub(shown, html), list(found)


def unmark(html: str) -> str:
    return _MARKED.sub(r"@\1", html)


def uncall(html: str, user_id: int, name: str) -> str:
    """The HTML of a message that calls this person no more: where it did stands this name, as text. Where that is short,
    the HTML does not grow."""
    call = rf'<span class="mention" data-user="{user_id}">@[^<]*</span>'
    return re.sub(call, lambda _call: f"@{escape(name, quote=False)}", html)


def _span(one: Called) -> str:
    number = EVERYONE if one.id is None else one.id
    return f'<span class="mention" data-user="{number}">@{escape(one.name, quote=False)}</span>'


def _readings(run: str) -> list[str]:
    """What may be the name in `ana.souza.`, the longest first. A sentence may end behind it; but `ana_x` is not `ana`."""
    closing = range(len(run.rstrip(_CLOSING)), len(run) + 1)
    ends = {*closing, *(place for place, sign in enumerate(run) if sign in ".+-")}
    return [run[:end] for end in sorted(ends, reverse=True) if end]
