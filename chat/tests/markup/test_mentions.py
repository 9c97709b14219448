"""How a call looks, before anybody has said whom it calls, and after."""

import re

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat import conf
from chat.markup import draft, plain
from chat.markup.code import CLASSES
from chat.markup.mentions import Called, uncall

PEOPLE = {
    "ana": Called(3, "Ana Souza"),
    "ana.souza": Called(4, "Another Ana"),
    "bia+chat@example.org": Called(5, "Bia"),
    "caio_": Called(6, "Caio"),
    "joão": Called(7, "João"),
    "all": Called(None, "all"),
}


def called(body: str) -> list[str]:
    return [one.name for one in draft(body).naming(PEOPLE)[1]]


def html(body: str, people: dict[str, Called] | None = None) -> str:
    return draft(body).naming(PEOPLE if people is None else people)[0]


def test_a_call_names_the_person() -> None:
    assert html("hi @ana!") == '<p>hi <span class="mention" data-user="3">@Ana Souza</span>!</p>'
    assert html(r"\!@ana \\@ana").count('data-user="3"') == 2
    assert html("@all") == '<p><span class="mention" data-user="all">@all</span></p>'


@pytest.mark.parametrize(
    ("body", "people"),
    [
        ("@ana, @ANA and @Ana", ["Ana Souza"]),
        ("@JOÃO", ["João"]),
        ("(@ana) ¡@joão! “@caio_”", ["Ana Souza", "João", "Caio"]),
        ("@ana.souza", ["Another Ana"]),
        ("@ana.souza.", ["Another Ana"]),
        ("@ana...", ["Ana Souza"]),
        ("@ana-maria", ["Ana Souza"]),
        ("@bia+chat@example.org, now", ["Bia"]),
        ("@caio__", ["Caio"]),
        ("**@ana** _@joão_ ~~@all~~", ["Ana Souza", "João", "all"]),
        ("> @ana\n\n- @joão", ["Ana Souza", "João"]),
        ("@ana/@joão", ["Ana Souza", "João"]),
    ],
)
def test_the_longest_name_that_is_known_is_called(body: str, people: list[str]) -> None:
    assert called(body) == people


@pytest.mark.parametrize(
    "body",
    [
        "`@ana`",
        "```\n@ana\n```",
        "me@ana",
        "me.@ana",
        "@@ana",
        "[@ana](https://example.org)",
        "https://example.org/@ana",
        "mail ana@ana.org",
        "@anabel @ana_x @ana1 @an",
        "@ ana",
        "@" + "a" * 200,
        r"\@ana and \\\@ana",
    ],
)
def test_what_is_no_call_stays_text(body: str) -> None:
    assert called(body) == []
    assert "mention" not in html(body)


def test_nobody_is_called_by_a_name_that_is_not_known() -> None:
    assert html("@ana @bia", {}) == "<p>@ana @bia</p>"


def test_what_may_be_meant_is_told_however_it_is_written() -> None:
    assert draft("@Ana.Souza.").names == {"ana.souza.", "ana.souza", "ana"}
    assert draft("@ana--").names == {"ana--", "ana-", "ana"}
    assert draft("no one").names == frozenset()


def test_a_name_written_in_full_comes_before_one_in_other_letters() -> None:
    people = {"ana": Called(1, "ana"), "Ana": Called(2, "Ana")}
    assert [one.id for one in draft("@Ana").naming(people)[1]] == [2]
    assert [one.id for one in draft("@ana").naming(people)[1]] == [1]
    assert [one.id for one in draft("@ANA").naming(people)[1]] == [1]


def test_a_name_is_no_markup() -> None:
    shown = html("@ana", {"ana": Called(3, "<img src=x onerror=alert(1)>&")})
    assert shown == '<p><span class="mention" data-user="3">@&lt;img src=x onerror=alert(1)&gt;&amp;</span></p>'


@pytest.mark.parametrize(
    "body",
    [
        '<span class="mention" data-user="3">@ana</span>',
        '`<span class="mention">@ana</span>`',
        '&lt;span class="mention">@ana',
    ],
)
def test_a_call_cannot_be_forged(body: str) -> None:
    assert "<span" not in html(body, {})


def test_names_that_would_make_it_too_large_are_shown_as_they_were_typed() -> None:
    people = {"ana": Called(3, "漢" * 1000)}
    shown, found = draft("@ana " * 100).naming(people)
    assert shown.startswith("<p>@ana @ana")
    assert [one.id for one in found] == [3]


def test_only_so_many_are_called() -> None:
    assert html("@ana " * 150).count("<span") == conf.MENTIONS


def test_a_text_shown_plainly_still_calls() -> None:
    assert called("a\n\n" * 3000 + "@ana") == ["Ana Souza"]


def test_a_text_as_it_is_calls_nobody() -> None:
    assert plain("@ana").naming(PEOPLE) == ("<p>@ana</p>", [])


def test_who_is_called_no_more_is_text_under_another_name() -> None:
    people = {**PEOPLE, "zoe": Called(33, "Zoe")}
    before = html("@ana **@ana** @zoe `@ana` @all", people)
    after = uncall(before, 3, "<b>&")
    assert after == before.replace(html("@ana")[3:-4], "@&lt;b&gt;&amp;")
    assert after.count('data-user="3"') == 0
    assert after.count('data-user="33"') == after.count('data-user="all"') == 1


def test_it_does_not_grow_under_a_short_name() -> None:
    before = html("@b " * conf.MENTIONS, {"b": Called(1, "B")})
    assert len(uncall(before, 1, "Deleted account")) < len(before)


PIECES = [
    "@",
    "ana",
    ".",
    "all",
    " ",
    "*",
    "`",
    "[",
    "](http://b)",
    "<",
    '<span class="mention">@ana</span>',
    "\n",
    "> ",
    "_",
    ":tada:",
    "```py\n",
    '"',
    "&",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=200, deadline=None)
def test_the_sanitiser_would_let_through_all_that_comes_out(pieces: list[str]) -> None:
    strict = nh3.Cleaner(
        tags={"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a", "span"},
        attributes={"a": {"href"}, "ol": {"start"}},
        tag_attribute_values={"span": {"data-user": {"all", *(str(one.id) for one in PEOPLE.values())}}},
        allowed_classes={"span": {"mention", *CLASSES}},
        link_rel="noopener nofollow ugc",
    )
    shown = html("".join(pieces))
    assert strict.clean(shown) == shown
    assert all("data-user" in span for span in re.findall(r'<span class="mention"[^>]*>', shown))
