"""Markdown as people write it -> HTML that may stand in a page. Rendered once, when it is stored."""

from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt

from chat import conf

LINKS: Final = (
    200  # a body with more opening brackets is rendered without links: nested ones cost the square of their number
)
PUNYCODE_LABELS: Final = 4
_OUT: Final = ("image", "heading", "lheading", "reference", "hr", "html_block", "html_inline")


def _parser(*out: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True, "maxNesting": 20})
    parser.enable(["strikethrough", "linkify"]).disable([*_OUT, *out])
    # Addresses are found in the finished text only: found while parsing, nested brackets around them take minutes.
    parser.inline.ruler.disable("linkify")
    parser.validateLink = lambda url: url.startswith(("https://", "http://", "mailto:"))  # type: ignore[method-assign]
    return parser


_markdown: Final = _parser()
_markdown_without_links: Final = _parser("link")
_markdown_without_addresses: Final = _parser("link", "linkify")

# The parser emits no other tag; the sanitiser makes sure of it should the parser ever err.
_sanitiser: Final = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow ugc",
)


def _parser_for(body: str) -> MarkdownIt:
    # linkify-it's pattern can read each `xn--` label in two ways: its time doubles with every one of them.
    if body.lower().count("xn--") > PUNYCODE_LABELS:
        return _markdown_without_addresses
    return _markdown if body.count("[") <= LINKS else _markdown_without_links


def render(body: str) -> str:
    """The HTML of a message's body, at most conf.HTML_BYTES of it."""
    html = _sanitiser.clean(_parser_for(body).render(body)).strip()
    if len(html.encode()) > conf.HTML_BYTES:  # as plain text any body of the permitted length fits
        return plain(body)
    return html


def plain(body: str) -> str:
    return f"<p>{escape(body, quote=False)}</p>"
