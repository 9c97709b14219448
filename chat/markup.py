"""Markdown as people write it -> HTML that may stand in a page. Rendered once, when it is stored."""

from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt

from chat import conf

_markdown: Final = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True, "maxNesting": 20}).enable(
    ["strikethrough", "linkify"]
)
_markdown.disable(["image", "heading", "lheading", "reference", "hr", "html_block", "html_inline"])
_markdown.validateLink = lambda url: url.startswith(("https://", "http://", "mailto:"))  # type: ignore[method-assign]

# The parser emits no other tag; the sanitiser makes sure of it should the parser ever err.
_sanitiser: Final = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow ugc",
)


def render(body: str) -> str:
    """The HTML of a message's body, at most conf.HTML_BYTES of it."""
    html = _sanitiser.clean(_markdown.render(body)).strip()
    if len(html.encode()) > conf.HTML_BYTES:  # as plain text any body of the permitted length fits
        return f"<p>{escape(body, quote=False)}</p>"
    return html
