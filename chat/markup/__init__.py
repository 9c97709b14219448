"""Markdown as people write it -> HTML that may stand in a page. Rendered once, when it is stored."""

from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt

from chat import conf
from chat.markup.links import link_addresses

LINKS: Final = 200  # of opening brackets; a body with more has no links: nested ones cost the square of their number
_OUT: Final = ("image", "heading", "lheading", "reference", "hr", "html_block", "html_inline")


def _parser(*out: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    parser.enable("strikethrough").disable([*_OUT, *out])
    parser.validateLink = lambda url: url.lower().startswith(("https://", "http://", "mailto:"))  # type: ignore[method-assign]
    return parser.use(link_addresses)


_markdown: Final = _parser()
_markdown_without_links: Final = _parser("link")

# The parser emits no other tag; the sanitiser makes sure of it should the parser ever err.
_sanitiser: Final = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow ugc",
)


def render(body: str) -> str:
    """The HTML of a message's body, at most conf.HTML_BYTES of it."""
    parser = _markdown if body.count("[") <= LINKS else _markdown_without_links
    html = _sanitiser.clean(parser.render(body)).strip()
    if len(html.encode()) > conf.HTML_BYTES:  # as plain text any body of the permitted length fits
        return plain(body)
    return html


def plain(body: str) -> str:
    return f"<p>{escape(body, quote=False)}</p>".replace("\n", "<br>\n")
