"""Patterns that may search for long can be stopped, and find what they found before."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pygments.lexer import Lexer, RegexLexer, RegexLexerMeta
from pygments.lexers import find_lexer_class_by_name
from pygments.util import Future

from chat.markup.code import LANGUAGES
from chat.markup.patterns import Stoppable, TooLong, may_take_long, seconds
from chat.tests.services.environment import PROJECT

LATER = 60
TEXTS = ["Makefile", "README.md", "manage.py", "docker-compose.yml", "pyproject.toml", "Dockerfile", ".ci/run"]
TEXTS += ["chat/static/chat/js/lib/fold.js", "chat/static/chat/css/base.css", "templates/base.html", "chat/conf.py"]


@pytest.mark.parametrize(
    "pattern", [r"\w+", r"[*+]+\.", r"//.*?$", r"(if|else)\b", r"a{3}b?", r"\(\*", r"0x[\da-f]+[lL]?", r"(a|b)?c*"]
)
def test_what_goes_over_the_text_once_is_left_as_it_is(pattern: str) -> None:
    assert not may_take_long(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s*\n\s*",
        r'"(\\\\|\\"|[^"])*"',
        r"(a|aa)+",
        r"(\w+)[\w\W]+?\1",
        r"a{1,}b{2,}",
        r"(?:ab){3}",
        r"(a?){2,9}",
        r"[]a]*b+",
    ],
)
def test_what_may_go_over_it_again_is_known(pattern: str) -> None:
    assert may_take_long(pattern)


def test_a_pattern_that_takes_long_is_stopped() -> None:
    endless = Stoppable(r'"(\\\\|\\"|[^"])*"', 0)
    with pytest.raises(TooLong), seconds(0.01):
        endless('"' + "\\" * 100)


def test_none_is_asked_when_the_time_is_over() -> None:
    pattern = Stoppable(r"a*b*", 0)
    with seconds(LATER) as left:
        assert pattern("aab").end() == 3
        assert 0 < left() <= LATER
    with pytest.raises(TooLong), seconds(0):
        pattern("aab")


@pytest.mark.parametrize(
    ("pattern", "text", "position"),
    [
        (r"a*b+", "xxaab", 2),
        (r"a*b+", "xxc", 2),
        (r"(?<=x)a*b*", "xab", 1),
        (r"\b *a+", "x a", 1),
        (r"(\B *a+)", "  a", 1),
        (r"(?i)A*b+", "aB", 0),
        (r"^a*b*", "x\nab", 2),
        (r"a*b*", "c", 0),
        (r"a*b*", "", 0),
        (r"\s*$\n*", "a\n\n", 1),
    ],
)
def test_it_finds_what_the_other_machine_finds(pattern: str, text: str, position: int) -> None:
    expected = re.compile(pattern, re.MULTILINE).match(text, position)
    with seconds(LATER):
        found = Stoppable(pattern, re.MULTILINE)(text, position)
    assert (found and (found.span(), found.groups())) == (expected and (expected.span(), expected.groups()))


def lexer_class(language: str) -> Any:
    return find_lexer_class_by_name(language)


def matches(lexer: Lexer) -> Iterator[Any]:
    return (rule[0] for rules in getattr(lexer, "_tokens", {}).values() for rule in rules)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_lexer_has_a_pattern_that_cannot_be_stopped(language: str) -> None:
    lexer = lexer_class(language)()
    if not isinstance(lexer, RegexLexer):
        assert language in ("json", "make")  # which go over characters and lines by themselves, once
        return
    found = list(matches(lexer))
    plain = [match.__self__.pattern for match in found if not isinstance(match, Stoppable)]
    assert plain
    assert [pattern for pattern in plain if may_take_long(pattern)] == []


def test_some_patterns_can_be_stopped() -> None:
    assert any(isinstance(match, Stoppable) for match in matches(lexer_class("bash")()))


@pytest.fixture
def as_pygments_does(monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled(_lexer: Any, pattern: Any, flags: int, _state: str) -> Any:
        return re.compile(pattern.get() if isinstance(pattern, Future) else pattern, flags).match

    monkeypatch.setattr(RegexLexerMeta, "_process_regex", compiled)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_code_is_taken_apart_as_it_was(language: str, as_pygments_does: None) -> None:
    tamed = lexer_class(language)
    wild = type("Wild", (tamed,), {})
    for name in TEXTS:
        code = Path(PROJECT / name).read_text()[:1500]
        assert pieces(tamed(), code) == pieces(wild(), code)


def pieces(lexer: Lexer, code: str) -> list[Any]:
    with seconds(LATER):
        return list(lexer.get_tokens(code))


def test_the_time_in_which_a_pattern_is_compiled_is_nobodys() -> None:
    """It is compiled once: the first message in a language would have no colours for it."""
    words = "|".join(f"(?:{number:x}a+)+" for number in range(3_000))
    with seconds(0.02) as left:
        assert Stoppable(f"(?:{words})b", 0)("1aab").group() == "1aab"
        assert left() > 0
