"""Addresses that stand in a text become links.

A rule of our own: linkify-it's patterns take time that grows with the square of the text, or doubles with each
`xn--` in it, and mdit-py-plugins' rules copy the rest of the text at each colon.
"""

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# Each part begins where no other could have, and is bounded or runs to the next space: one pass over the text.
_ADDRESS: Final = re.compile(
    r"""
    (?<![\w@/.:+-])
    (?: (?P<url> https?://\w[^\s<>"]* )
      | (?P<www> www\.\w[^\s<>"]* )
      | (?P<mail> [a-z0-9][\w.+-]{0,63} @ [a-z0-9-]{1,63} (?:\.[a-z0-9-]{1,63}){1,8} (?![\w-]) )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PREFIX: Final = {"url": "", "www": "http://", "mail": "mailto:"}
_CLOSING: Final = {")": "(", "]": "["}
_TRAILING: Final = "?!.,:;*_~'\"…。、，！？；：）」』】"


def link_addresses(parser: MarkdownIt) -> None:
    """Let `parser` link the addresses in its finished texts."""
    parser.core.ruler.after("text_join", "addresses", _link_all)


def _link_all(state: StateCore) -> None:
    for block in state.tokens:
        if block.children:
            block.children = list(_linked(state.md, block.children))


def _linked(parser: MarkdownIt, tokens: list[Token]) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and not inside:
            yield from _split(parser, token.content)
        else:
            yield token


def _split(parser: MarkdownIt, text: str) -> Iterator[Token]:
    end = 0
    for match in _ADDRESS.finditer(text):
        shown = _trimmed(match[0])
        kind = match.lastgroup or ""
        target = parser.normalizeLink(_PREFIX[kind] + shown)
        if not parser.validateLink(target):
            continue
        yield _text(text[end : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": target})
        yield _text(shown)
        yield Token("link_close", "a", -1)
        end = match.start() + len(shown)
    yield _text(text[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _trimmed(address: str) -> str:
    """Without the punctuation that belongs to the sentence: a bracket stays if it is opened in the address."""
    excess = {closing: address.count(closing) - address.count(opening) for closing, opening in _CLOSING.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _CLOSING and excess[last] > 0:
            excess[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
