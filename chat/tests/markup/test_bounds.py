"""No text costs more than it may. It is shown all the same, more plainly, and nothing of it gets lost."""

import re
from html import unescape

import pytest

from chat import conf
from chat.markup import render

SLOW = [
    "\n> ```\n    **",  # asks at each line whether the quotation ends
    "*>",
    "a\n\n",
    "* a\n",
    "- > a\n",
    "*_~~",
    "**a** ",
    "0) a\n",
    "***a",
    "-\n",
    "+_",
    "[a" * 50 + "*" * 50,
]


def longest(unit: str) -> str:
    return (unit * conf.BODY_CHARACTERS)[: conf.BODY_CHARACTERS]


def words(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


@pytest.mark.parametrize("unit", SLOW)
def test_more_markup_than_people_write_is_shown_plainly(unit: str) -> None:
    body = longest(unit)
    html = render(body)
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br"}
    assert words(html) == re.sub(r"\s+", "", body)


@pytest.mark.parametrize("unit", ["> ", "- ", "1. ", "> - "])
def test_what_stands_too_deep_is_not_lost(unit: str) -> None:
    body = unit * 30 + "here"
    assert render(body) == f"<p>{body}</p>".replace("> ", "&gt; ")
    assert "here</p>" in render(unit * 5 + "here") or "<li>here</li>" in render(unit * 5 + "here")


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("Good morning! I read the **programme** once more, and _three_ things are open.\n", "<strong>"),
        ("- **Ana**: the `map`, until Thursday\n- Bia: doors, see https://example.org/plan\n", "<li>"),
        ("1. first\n2. second, a little longer\n   - and a third\n", "<ol>"),
        ("> somebody said this\n\nAnd I say that, with *emphasis*.\n\n", "<blockquote>"),
        ("~~no~~ `yes` [maybe](https://example.org/a?b=c) :tada: @ana\n", "<s>"),
    ],
)
def test_a_long_ordinary_message_keeps_its_formatting(line: str, tag: str) -> None:
    html = render(longest(line))
    assert html.count(tag) > 50 or (tag == "<ol>" and html.count("<li>") > 200)


def test_a_plain_message_still_has_links_and_emoji() -> None:
    html = render(longest("**a** ")[:-40] + " https://example.org :tada:")
    assert '<a href="https://example.org"' in html
    assert "🎉" in html
    assert "<strong>" not in html


def test_only_so_many_addresses_become_links() -> None:
    html = render(longest("a.b@c.de "))
    assert html.count("<a ") == conf.LINKS
    assert words(html) == longest("a.b@c.de ").replace(" ", "")


def test_only_so_many_names_are_looked_up() -> None:
    assert render(longest(":tada: ")).count("🎉") == conf.EMOJI_NAMES


def test_html_that_would_be_too_large_is_shown_plainly() -> None:
    html = render(longest("[a](http://b) "))
    assert len(html.encode()) <= conf.HTML_BYTES


def test_the_same_text_is_rendered_in_the_same_way() -> None:
    for unit in SLOW:
        assert render(longest(unit)) == render(longest(unit))
