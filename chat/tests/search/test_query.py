"""What people type, and what it means."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import conf
from chat.search.query import Complaint, Problem, parse, pattern
from chat.search.words import searchable


def test_all_that_a_query_can_say() -> None:
    query = parse('Tea "Green garden" from:ana in:kitchen after:2026-11-01 before:2026-12-24')
    assert query.patterns == ["tea", "  green  garden  "]
    assert (query.people, query.rooms) == (["ana"], ["kitchen"])
    assert (query.after, query.before) == (date(2026, 11, 1), date(2026, 12, 24))
    assert query.complaints == []


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("Olá", ["ola"]),
        ("oi", ["  oi"]),
        ("a", ["  a"]),
        ("東京", ["東  京"]),
        ("東", ["  東"]),
        ("x-ray", ["x  ray"]),
        ("c++", ["  c"]),
        ('"oi"', ["  oi  "]),
        ('"not closed', ["  not  closed  "]),
        ("“curly quotes”", ["  curly  quotes  "]),
        ("«ça va»", ["  ca  va  "]),
        ('one"two three"four', ["one", "  two  three  ", "four"]),
        ("tea - cake", ["tea", "cake"]),
        ("http://x.org", ["http  x  org"]),
        ("fromage:brie information", ["fromage  brie", "information"]),
        ("", []),
    ],
)
def test_words_and_phrases(text: str, patterns: list[str]) -> None:
    query = parse(text)
    assert (query.patterns, query.complaints) == (patterns, [])


@pytest.mark.parametrize(
    ("text", "people", "rooms"),
    [
        ("from:@ana", ["@ana"], []),
        ('FROM:"Ana Souza" In:#garden', ["Ana Souza"], ["garden"]),
        ("from:ana from:bia in:a in:b", ["ana", "bia"], ["a", "b"]),
        ("in:“summer fair”", [], ["summer fair"]),
        ("from：ana", ["ana"], []),
    ],
)
def test_names(text: str, people: list[str], rooms: list[str]) -> None:
    query = parse(text)
    assert (query.people, query.rooms, query.patterns, query.complaints) == (people, rooms, [], [])


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-11-05", date(2026, 11, 5)), ("2026-11", date(2026, 11, 1)), ("2026", date(2026, 1, 1))],
)
def test_days_months_and_years(text: str, day: date) -> None:
    assert parse(f"after:{text}").after == day
    assert parse(f"before:{text}").before == day


def test_of_several_days_the_strictest_counts() -> None:
    query = parse("after:2026-01-01 after:2026-02-01 before:2026-12-01 before:2026-06-01")
    assert (query.after, query.before) == (date(2026, 2, 1), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("before:tomorrow", Complaint(Problem.NO_DATE, "tomorrow")),
        ("after:2026-02-30", Complaint(Problem.NO_DATE, "2026-02-30")),
        ("after:0000", Complaint(Problem.NO_DATE, "0000")),
        ("after:٢٠٢٦", Complaint(Problem.NO_DATE, "٢٠٢٦")),
        ("tea from:", Complaint(Problem.NO_VALUE, "from:")),
        ("from: ana", Complaint(Problem.NO_VALUE, "from:")),
        ('in:"" tea', Complaint(Problem.NO_VALUE, "in:")),
        ("in:#", Complaint(Problem.NO_VALUE, "in:#")),
        ("?!", Complaint(Problem.NO_WORD)),
        ('""', Complaint(Problem.NO_WORD)),
        ("a " * (conf.SEARCH_WORDS + 1), Complaint(Problem.TOO_MANY)),
        ("in:a " * (conf.SEARCH_WORDS + 1), Complaint(Problem.TOO_MANY)),
        ("a" * (conf.SEARCH_CHARACTERS + 1), Complaint(Problem.TOO_LONG)),
    ],
)
def test_what_cannot_be_understood_is_complained_about(text: str, complaint: Complaint) -> None:
    assert parse(text).complaints == [complaint]


def test_as_much_as_is_permitted_is_understood() -> None:
    assert parse("a " * conf.SEARCH_WORDS).complaints == []
    assert parse("a" * conf.SEARCH_CHARACTERS).complaints == []


@given(st.text())
def test_nothing_makes_the_parser_fail(text: str) -> None:
    query = parse(text)
    assert query.is_empty or not text.isspace()


@given(st.lists(st.sampled_from(["from:", "in:", "before:", "after:", '"', " ", "2026-1", "ana", "東", "é", ":", "#"])))
def test_nothing_made_of_its_signs_makes_it_fail(pieces: list[str]) -> None:
    query = parse("".join(pieces))
    assert all(len(one) >= 3 for one in query.patterns), "shorter ones have no trigram"


@given(st.text(), st.text(), st.text(), st.booleans())
def test_a_text_is_found_by_each_of_its_words(before: str, text: str, after: str, quoted: bool) -> None:
    assert pattern(text, quoted=quoted) in searchable(f"{before} {text} {after}")
