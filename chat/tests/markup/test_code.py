"""Fenced code gets Pygments' classes, in bounded time and size."""

import re

import pytest

from chat import conf
from chat.markup import render
from chat.markup.code import CLASSES, LANGUAGES

LONGEST = conf.BODY_CHARACTERS
ENOUGH = 1_000  # for a pattern whose time doubles with each character, or grows with the cube of their number
# What makes patterns search to the end at each character, or try each way to share it out.
HOSTILE = [
    "\\",
    '"',
    "'",
    "`",
    '"\\',
    "'\\\\",
    "/*",
    "<!--",
    "<a ",
    "{{",
    "((",
    "[[",
    "<<",
    "//",
    "--",
    "\n ",
    "a ",
    "1",
    "$",
    "r#",
    "%q(",
    "=begin\n",
]


def coloured(code: str, language: str = "python") -> str:
    return render(f"```{language}\n{code}\n```").removeprefix("<pre><code>").removesuffix("</code></pre>")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("```let a = 1;\nlet b = 2;\n```", "let a = 1;\nlet b = 2;\n"),
        ("~~~ one & two\nthree", "one &amp; two\nthree"),
        ("```hello", "hello"),
        ("```python\n```", "python"),
        ("```unheard-of\ncode\n```", "code\n"),
        ("```src/main.zig:7\ncode\n```", "code\n"),
    ],
)
def test_what_is_no_name_of_a_language_is_code(body: str, code: str) -> None:
    assert render(body) == f"<pre><code>{code}</code></pre>"


@pytest.mark.parametrize(
    ("language", "code", "html"),
    [
        (
            "python",
            "def f(): # x",
            '<span class="k">def</span> <span class="nf">f</span>(): <span class="c"># x</span>\n',
        ),
        ("PY", "return 1", '<span class="k">return</span> <span class="m">1</span>\n'),
        ("js title=x", "let a = 'b'", '<span class="k">let</span> a = <span class="s">\'b\'</span>\n'),
        ("diff", "-a\n+b", '<span class="gd">-a</span>\n<span class="gi">+b</span>\n'),
        ("r", "x <- 1", 'x &lt;- <span class="m">1</span>\n'),
    ],
)
def test_what_stands_out_has_a_class(language: str, code: str, html: str) -> None:
    assert coloured(code, language) == html


@pytest.mark.parametrize(
    "language", ["", "klingon", "text", "guess", "*.py", "application/json", "../python", "\0", "a" * 999]
)
def test_a_language_that_is_not_known_is_plain_code(language: str) -> None:
    assert coloured("def f(): <b>", language) == "def f(): &lt;b&gt;\n"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_known_language_has_its_lexer_and_keeps_the_code(language: str) -> None:
    code = "\n\n  <a href='x'>\"1\" é 漢 & {b} $c # d\n\te: f\n\n"
    html = coloured(code, language)
    assert re.sub(r"</?span[^>]*>", "", html) == "\n\n  &lt;a href='x'&gt;\"1\" é 漢 &amp; {b} $c # d\n\te: f\n\n\n"
    assert set(re.findall(r'class="([^"]*)"', html)) <= CLASSES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_lexer_takes_for_ever(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two pieces of code its time can be ended; within one pattern it cannot, and the tests' time-out would."""
    monkeypatch.setattr(conf, "HIGHLIGHT_SECONDS", 0.001)
    for piece in HOSTILE:
        for code in (f"{piece * ENOUGH}.", f'"{piece * ENOUGH}', piece + "a" * ENOUGH):
            assert render(f"```{language}\n{code}").startswith("<pre><code>")


def test_code_that_takes_long_has_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<span" in coloured("x = 1\n" * 100)
    monkeypatch.setattr(conf, "HIGHLIGHT_SECONDS", 0.000_001)
    assert coloured("x = 1") == "x = 1\n"


def test_markup_around_the_code_leaves_it_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "MARKUP_STEPS", 10)
    assert "<span" in render("```py\nx = 1\n```")
    monkeypatch.setattr(conf, "MARKUP_STEPS", 2)
    assert render("```py\nx = 1\n```") == "<pre><code>x = 1\n</code></pre>"


def test_code_before_the_code_leaves_it_less_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "HIGHLIGHT_SECONDS", 0.005)
    slow, quick = "```c\n" + "\r" * 9_000 + "\n```\n", "```py\nx = 1\n```"
    assert "<span" in render(quick)
    assert "<span" not in render(slow + quick)


def test_colours_that_take_much_room_are_left_out() -> None:
    html = render(f"**kept**\n```json\n{'[1,' * LONGEST}"[:LONGEST])
    assert html.startswith("<p><strong>kept</strong></p>\n<pre><code>[1,[1,")
    assert "<span" not in html


def test_a_long_program_is_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "HIGHLIGHT_SECONDS", 10)
    function = "def hello(name: str) -> str:  # greet\n    return f'hello {name}'\n\n"
    html = render(("```python\n" + function * 200)[:LONGEST])
    assert html.count('class="k"') > 200
