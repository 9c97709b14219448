"""What rendering one body may cost. It is counted, not measured: the same text is rendered in the same way everywhere."""

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from chat import conf
from chat.markup.texts import Env


class TooMuch(Exception):
    """More markup than people write, or made to be slow: the text is to be shown plainly."""


class Allowance:
    """So much of something, and no more."""

    def __init__(self, amount: int) -> None:
        self._amount = self._left = amount

    @property
    def share(self) -> float:
        """What is left of it, from 1 to 0."""
        return max(self._left, 0) / self._amount

    def take(self, amount: int = 1) -> bool:
        self._left -= amount
        return self._left >= 0


def microseconds(seconds: float) -> int:
    return round(seconds * 1_000_000)


def allowances() -> Env:
    """What one body has, as the parser's `env`."""
    return {
        "steps": Allowance(conf.MARKUP_STEPS),
        "links": Allowance(conf.LINKS),
        "mentions": Allowance(conf.MENTIONS),
        "emoji": Allowance(conf.EMOJI_NAMES),
        "highlight": Allowance(conf.HIGHLIGHT_BYTES),
        "colouring": Allowance(microseconds(conf.HIGHLIGHT_SECONDS)),
    }


def count_steps(parser: MarkdownIt) -> None:
    """Have `parser` count in `env["steps"]` each look for a rule that fits.

    Some texts make it look as often as the square of their length: for each line of a quotation it asks whether
    anything ends there, and for each `[` it looks for its `]`.
    """
    parser.inline = _CountedInline(parser.inline)
    parser.inline.ruler.before("text", "count", _inline_step)
    parser.block.ruler.before("fence", "count", _block_step, {"alt": ["paragraph", "blockquote", "list"]})


class _CountedInline(ParserInline):
    def __init__(self, configured: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2 = configured.ruler, configured.ruler2

    def parse(self, src: str, md: MarkdownIt, env: Env, tokens: list[Token]) -> list[Token]:
        _count(env, sum(map(src.count, "*_~")))  # they are taken together, and become a token each
        return super().parse(src, md, env, tokens)

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  # the parser's own name
        _count(state.env)
        super().skipToken(state)


def _inline_step(state: StateInline, _silent: bool) -> bool:
    _count(state.env)
    return False


def _block_step(state: StateBlock, _start: int, _end: int, silent: bool) -> bool:
    _count(state.env, 1 if silent else 2)
    if state.level > conf.MARKUP_LEVELS:  # the parser itself would leave out what stands deeper
        raise TooMuch
    return False


def _count(env: Env, steps: int = 1) -> None:
    if not env["steps"].take(steps):
        raise TooMuch
