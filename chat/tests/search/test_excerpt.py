"""What is shown of a hit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import conf
from chat.search.excerpt import excerpt
from chat.search.query import parse


def shown(text: str, query: str) -> str:
    """The excerpt with [what is marked] in brackets."""
    return "".join(f"[{part.text}]" if part.is_found else part.text for part in excerpt(text, parse(query).patterns))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Olá, João!", "joao", "Olá, [João]!"),
        ("Joa\u0303o vai", "joao", "[João] vai"),
        ("straße", "strasse", "[straße]"),
        ("oito coisas", "oi", "[oi]to coisas"),
        ("tea, steam, TEA", "tea", "[tea], s[tea]m, [TEA]"),
        ("tea, steam", '"tea"', "[tea], steam"),
        ("Good, morning!", '"good morning"', "[Good, morning]!"),
        ("東京都に行く", "東京", "[東京]都に行く"),
        ("ok 👍🏽.", "👍", "ok [👍🏽]."),
        ("ﬁne", "fi", "[ﬁ]ne"),
        ("abcdef", "abcd cdef", "[abcdef]"),
        ("<b>&amp;", "amp", "<b>&[amp];"),
        ("nothing here", "absent", "nothing here"),
        ("no word", "from:ana", "no word"),
        ("", "a", ""),
    ],
)
def test_what_was_found_is_marked(text: str, query: str, marked: str) -> None:
    assert shown(text, query) == marked


def test_of_a_long_text_the_part_around_the_first_find_is_shown() -> None:
    text = "before " * 200 + "needle" + " behind" * 200
    found = shown(text, "needle")
    assert found.startswith("…before ")
    assert "[needle]" in found
    assert found.endswith("…")
    assert len(found) == conf.EXCERPT_CHARACTERS + len("…[]…")


def test_a_find_at_either_end_is_shown_with_that_end() -> None:
    assert shown("needle" + " hay" * 200, "needle").startswith("[needle] hay")
    assert shown("hay " * 200 + "needle", "needle").endswith(" hay [needle]")


def test_without_a_find_the_beginning_is_shown() -> None:
    assert shown("word " * 200, "absent").startswith("word word")


def test_a_find_that_is_cut_off_is_marked_up_to_there() -> None:
    text = "x" * 2 * conf.EXCERPT_CHARACTERS
    assert shown(text, "x" * 200).startswith("[xxx")


@given(st.text(max_size=conf.EXCERPT_CHARACTERS // 4), st.text(max_size=20))
def test_the_parts_of_a_short_text_are_all_of_it(text: str, query: str) -> None:
    assert "".join(part.text for part in excerpt(text, parse(query).patterns)) == unicodedata.normalize("NFC", text)


@given(st.text(min_size=400), st.text(max_size=20))
def test_an_excerpt_is_never_much_longer_than_it_should_be(text: str, query: str) -> None:
    parts = excerpt(text, parse(query).patterns)
    assert sum(len(part.text) for part in parts) <= conf.EXCERPT_CHARACTERS + 2
