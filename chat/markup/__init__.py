"""Markdown as people write it -> HTML that may stand in a page. Rendered once, when it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt

from chat import conf
from chat.markup import parser
from chat.markup.bounds import TooMuch, allowances
from chat.markup.code import CLASSES
from chat.markup.mentions import Called, fill, unmark

_markdown: Final = parser.markdown()
_plain: Final = parser.plain()

# The parser emits no other tag; the sanitiser makes sure of it should the parser ever err.
_sanitiser: Final = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a", "span"},
    attributes={"a": {"href"}, "ol": {"start"}},
    allowed_classes={"span": {"mention", *CLASSES}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener nofollow ugc",
)
_SEEN: Final = re.compile(r">\s*[^<\s]")  # anything that is no tag


@dataclass(frozen=True, slots=True)
class Draft:
    """A body, rendered but for the names of those whom it calls. `names`: what they may be called."""

    html: str
    names: frozenset[str] = frozenset()

    def naming(self, people: Mapping[str, Called]) -> tuple[str, list[Called]]:
        """The HTML of a message, at most conf.HTML_BYTES of it, and those of `people` whom it calls."""
        html, found = fill(self.html, people)
        return html if _fits(html) else unmark(self.html), found


def draft(body: str) -> Draft:
    """Any text has its HTML: what is too much for one way of showing it, or would not be seen at all, as a lone `>`, is
    shown in a plainer one."""
    for way in (_markdown, _plain):
        try:
            made = _draft(way, body)
        except TooMuch:
            continue
        if _fits(made.html) and (_SEEN.search(made.html) or not body.strip()):
            return made
    return plain(body)


def plain(body: str) -> Draft:
    """The text as it is. A body of the permitted length always fits."""
    return Draft(f"<p>{escape(body, quote=False)}</p>".replace("\n", "<br>\n"))


def render(body: str) -> str:
    """The HTML of a body that calls nobody."""
    return draft(body).naming({})[0]


def _draft(way: MarkdownIt, body: str) -> Draft:
    names: set[str] = set()
    html = way.render(body, {**allowances(), "names": names})
    return Draft(_sanitiser.clean(html).strip(), frozenset(names))


def _fits(html: str) -> bool:
    return len(html.encode()) <= conf.HTML_BYTES
