"""Which Markdown people may write."""

import re
from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from chat.markup.bounds import count_steps
from chat.markup.code import fence
from chat.markup.emoji_names import named_emoji
from chat.markup.links import linked, normalized
from chat.markup.mentions import called, mark
from chat.markup.texts import Env, recognise, spare_escaped, text

_OUT: Final = ("image", "heading", "lheading", "reference", "hr", "html_block", "html_inline")
_OPENING: Final = re.compile(r"[\n!&*<\[\\\]_`~]")  # where markup may begin; the parser stops at much else by default


def markdown() -> MarkdownIt:
    """Raises TooMuch."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 100})
    parser.enable("strikethrough").disable(list(_OUT))
    count_steps(parser)
    parser.inline.terminator_re = _OPENING
    spare_escaped(parser)
    return _finished(parser)


def plain() -> MarkdownIt:
    """For texts that are not taken for Markdown: lines, with links and mentions. It takes any text."""
    parser = MarkdownIt("zero")
    parser.core.ruler.at("block", _one_paragraph)
    parser.core.ruler.disable("inline")
    return _finished(parser)


def _finished(parser: MarkdownIt) -> MarkdownIt:
    parser.validateLink = lambda url: url.lower().startswith(("https://", "http://", "mailto:"))  # type: ignore[method-assign]
    parser.normalizeLink = normalized  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]  # as it was written
    recognise(parser, "addresses", linked)
    recognise(parser, "mentions", called)
    recognise(parser, "emoji", named_emoji)
    for kind, rule in (("text", _lines), ("escaped", _lines), ("mention", mark), ("fence", fence)):
        parser.add_render_rule(kind, rule)
    return parser


def _one_paragraph(state: StateCore) -> None:
    inline = Token("inline", "", 0, children=[text(state.src)])
    state.tokens += [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]


def _lines(_renderer: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Env) -> str:
    return escapeHtml(tokens[index].content).replace("\n", "<br>\n")
