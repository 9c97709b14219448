"""Fenced code, coloured by Pygments: its classes for what stands out, and nothing for the rest."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name, get_all_lexers
from pygments.token import STANDARD_TYPES, Comment, Generic, Keyword, Literal, Name, Operator, _TokenType

from chat import conf
from chat.markup.bounds import TooMuch, microseconds
from chat.markup.patterns import TooLong, cpu, seconds, tame_lexers
from chat.markup.texts import Env

# Known languages only. Left out are those whose lexers take in the whole code before they give anything out.
LANGUAGES: Final = frozenset(
    {
        *("bash", "c", "cmake", "cpp", "csharp", "css", "dart", "diff", "docker", "elixir", "go", "graphql", "haskell"),
        *("html", "http", "java", "javascript", "json", "julia", "kotlin", "lua", "make", "nginx"),
        *("objective-c", "perl", "php", "postgresql", "powershell", "python", "ruby", "rust", "scss", "splus"),
        *("sql", "swift", "toml", "tsx", "typescript", "xml", "yaml", "jsx"),
    }
)
_COLOURED: Final = (
    *(Keyword, Operator.Word, Literal.String, Literal.Number, Comment),
    *(Name.Attribute, Name.Builtin, Name.Class, Name.Decorator, Name.Function, Name.Tag, Name.Variable),
    *(Generic.Deleted, Generic.Inserted, Generic.Heading, Generic.Subheading, Generic.Prompt),
)
_NAME: Final = re.compile(r"""[^\s(){}\[\]<>=;,"']*""")  # also of languages that are not known here
tame_lexers()
CLASSES: Final = frozenset(STANDARD_TYPES[kind] for kind in _COLOURED)


def fence(_renderer: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, env: Env) -> str:
    code, language = _told_apart(tokens[index])
    try:
        html = _coloured(code, language, env)
    except (TooMuch, TooLong):
        html = escapeHtml(code)
    return f"<pre><code>{html}</code></pre>\n"


def _told_apart(token: Token) -> tuple[str, str | None]:
    """The code, and its language where that is known. Many begin their code right behind the backquotes, as other chats
    have them do: what cannot be a language's name, or has nothing below it, is a line of code."""
    info = token.info.strip()
    language = _aliases().get(info.split(" ")[0].lower())
    is_label = language is not None or _NAME.fullmatch(info) is not None
    if token.content and is_label:
        return token.content, language
    return "\n".join(filter(None, (info, token.content))), None


def _coloured(code: str, language: str | None, env: Env) -> str:
    if language is None:
        return escapeHtml(code)
    html = "".join(_spans(_in_time(_lexer(language), code, env)))
    if not env["highlight"].take(len(html.encode())):
        raise TooMuch
    return html


def _in_time(lexer: Lexer, code: str, env: Env) -> Iterator[tuple[_TokenType, str]]:
    """The one thing that is measured by a clock: nothing else tells how long a lexer's patterns will search.

    What the text around it has cost, and the code before it, is taken off.
    """
    started = cpu()
    unused = env["steps"].share + env["colouring"].share - 1
    try:
        with seconds(conf.HIGHLIGHT_SECONDS * unused) as left:
            for token in lexer.get_tokens(code):
                yield token
                left()
    finally:
        env["colouring"].take(microseconds(cpu() - started))


def _spans(tokens: Iterator[tuple[_TokenType, str]]) -> Iterator[str]:
    classed = ((_class(kind), text) for kind, text in tokens)
    for name, group in groupby(classed, itemgetter(0)):
        text = escapeHtml("".join(map(itemgetter(1), group)))
        yield f'<span class="{name}">{text}</span>' if name and not text.isspace() else text


@cache
def _class(kind: _TokenType) -> str:
    """Of the nearest kind above that has a colour."""
    return next((STANDARD_TYPES[one] for one in reversed(kind.split()) if one in _COLOURED), "")


@cache
def _aliases() -> dict[str, str]:
    """The names by which people know the languages."""
    known = (
        names for _title, names, _files, _types in get_all_lexers(plugins=False) if names[:1] and names[0] in LANGUAGES
    )
    return {name: names[0] for names in known for name in names}


def _lexer(language: str) -> Lexer:
    return find_lexer_class_by_name(language)(stripnl=False)
