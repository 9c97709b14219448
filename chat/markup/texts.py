"""What is recognised inside of a finished text: it is taken apart, piece by piece, outside of code and links."""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

Env = MutableMapping[str, Any]
Splitter = Callable[[MarkdownIt, str, Env], Iterator[Token]]


def recognise(parser: MarkdownIt, name: str, split: Splitter) -> None:
    """Let `split` have each text, once emphasis and links have been found."""

    def rule(state: StateCore) -> None:
        for block in state.tokens:
            if block.children:
                block.children = list(_pieces(state, block.children, split))

    parser.core.ruler.push(name, rule)


def text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _pieces(state: StateCore, tokens: list[Token], split: Splitter) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and not inside:
            yield from split(state.md, token.content, state.env)
        else:
            yield token
