"""Addresses that stand in a text become links.

A rule of our own: linkify-it's patterns take time that grows with the square of the text, or doubles with each
`xn--` in it, and mdit-py-plugins' rules copy the rest of the text at each colon.
"""

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from chat.markup.texts import Env, text

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
_PLAIN: Final = re.compile(r"(?:https?://|mailto:)[a-z0-9][a-z0-9.@-]*(?:[/?#][\w.~:/?#@!$&'()*+,;=-]*)?", re.ASCII)
_PREFIX: Final = {"url": "", "www": "http://", "mail": "mailto:"}
_CLOSING: Final = {")": "(", "]": "["}
_TRAILING: Final = "?!.,:;*_~'\"…。、，！？；：）」』】"


def normalized(url: str) -> str:
    """An address as a browser would write it. Most are: finding that out takes a tenth of the time."""
    return url if _PLAIN.fullmatch(url) else normalizeLink(url)


def linked(parser: MarkdownIt, content: str, env: Env) -> Iterator[Token]:
    """A text, with links in the place of addresses."""
    end = 0
    for match in _ADDRESS.finditer(content):
        shown = _trimmed(match[0])
        if not env["links"].take():
            break
        target = parser.normalizeLink(_PREFIX[match.lastgroup or ""] + shown)
        yield text(content[end : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": target})
        yield text(shown)
        yield Token("link_close", "a", -1)
        end = match.start() + len(shown)
    yield text(content[end:])


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
