"""What is recognised inside of a finished text: it is taken apart, piece by piece, outside of code and links."""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

Env = MutableMapping[str, Any]
Splitter = Callable[[MarkdownIt, str, Env], Iterator[Token]]

_MEANT: Final = ("@", ":")  # what calls somebody, names an emoji, begins an address


def recognise(parser: MarkdownIt, name: str, split: Splitter) -> None:
    """Let `split` have each text, once emphasis and links have been found."""

    def rule(state: StateCore) -> None:
        for block in state.tokens:
            if block.children:
                block.children = list(_pieces(state, block.children, split))

    parser.core.ruler.push(name, rule)


def spare_escaped(parser: MarkdownIt) -> None:
    """Behind a backslash these signs mean nothing: they stand apart from the texts that are looked through."""
    parser.core.ruler.before("text_join", "escaped", _set_apart)


def text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _set_apart(state: StateCore) -> None:
    for block in state.tokens:
        for token in block.children or ():
            if token.info == "escape" and token.content in _MEANT:
                token.type = "escaped"


def _pieces(state: StateCore, tokens: list[Token], split: Splitter) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and not inside:
            yield from split(state.md, token.content, state.env)
        else:
            yield token
