"""How texts are compared, and spelled for the index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.search.words import SPACE, letters, searchable, spelled


def words(text: str) -> list[str]:
    return searchable(text).split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Olá, Zoë!", ["ola", "zoe"]),
        ("ação AÇÃO ac\u0327a\u0303o", ["acao", "acao", "acao"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("Łódź æther Søren", ["lodz", "aether", "soren"]),
        ("Привет, Ёлка", ["привет", "елка"]),
        ("Ωμέγα", ["ωμεγα"]),
        ("مُحَمَّد", ["محمد"]),
        ("don't foo_bar c++ https://x.org/y", ["don", "t", "foo", "bar", "c", "https", "x", "org", "y"]),
        ("ｆｕｌｌ ﬁne", ["full", "fine"]),
        ("한국어", ["한국어"]),
        ("हिन्दी", ["हिन्दी"]),
        ("", []),
        (" \n!?*", []),
    ],
)
def test_case_accents_and_punctuation_do_not_matter(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("東京都", ["東", "京", "都"]),
        ("iPhoneを買う", ["iphone", "を", "買", "う"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("5€", ["5", "€"]),
        ("ok👍🏽", ["ok", "👍"]),
    ],
)
def test_what_stands_without_spaces_is_a_word_by_itself(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_voiced_kana_are_other_letters() -> None:
    assert words("がガ") == ["が", "ガ"]
    assert words("か\u3099") == ["が"]
    assert words("かは") != words("がば")


def test_every_word_has_two_spaces_before_and_behind_it() -> None:
    assert searchable("a, b") == "  a  b  "
    assert searchable("") == SPACE


def test_ascii_is_spelled_as_it_is() -> None:
    assert spelled("  ola  zoe  ") == "  ola  zoe  "


def test_characters_that_are_words_are_spelled_with_three() -> None:
    spelling = spelled(searchable("東京👍"))
    assert [len(word) for word in spelling.split()] == [3, 3, 3]
    assert all(word[0].isdigit() for word in spelling.split())
    assert len(set(spelling.split())) == 3


@given(st.text())
def test_the_index_is_spelled_in_letters_that_every_locale_knows(text: str) -> None:
    spelling = spelled(searchable(text))
    assert spelling.isascii()
    assert spelling.replace(" ", "").isalnum() or not spelling.strip()


@given(st.text(), st.text(), st.text())
def test_what_a_text_contains_its_spelling_contains(before: str, text: str, after: str) -> None:
    """Or a hit would be missed: the index is asked first."""
    whole, part = searchable(f"{before} {text} {after}"), searchable(text)
    assert part in whole
    assert spelled(part) in spelled(whole)


@given(st.text())
def test_what_is_searchable_already_stays_as_it_is(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_a_text_is_the_sum_of_its_characters(text: str) -> None:
    assert words("".join(map(letters, text))) == words(text)
