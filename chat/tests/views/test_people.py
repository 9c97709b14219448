"""People to choose from."""

from typing import Any

import pytest
from django.test import Client

from chat import conf
from chat.models import User
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse
from chat.token_bucket import TokenBucket
from chat.views.rates import PersonBuckets, may_list


def ask(client: Client, query: str = "") -> Any:
    response = client.get(f"/people/?{query}")
    assert response.status_code == 200, response.content
    return response.json()


def names(page: Any) -> list[str]:
    return [one["username"] for one in page["people"]]


def test_everybody_is_there_with_id_and_both_names(cast: Cast, browse: Browse) -> None:
    page = ask(browse(cast.caio))
    assert page["people"][0] == {"id": cast.ana.user.pk, "username": "ana", "name": "Ana Souza"}
    assert names(page) == ["ana", "bia", "caio"]
    assert page["more"] is False


@pytest.mark.parametrize("query", ["JOÃO", "joao", "jo", "stra", "strauß jo", "jstrauss"])
def test_a_part_of_either_name_will_do_in_any_case_and_without_accents(cast: Cast, browse: Browse, query: str) -> None:
    User.objects.create(username="jstrauss", full_name="João Strauß")
    assert names(ask(browse(cast.ana), f"q={query}")) == ["jstrauss"]


def test_who_has_no_account_any_more_is_not_there(cast: Cast, browse: Browse) -> None:
    User.objects.filter(username="bia").update(is_active=False)
    assert names(ask(browse(cast.ana))) == ["ana", "caio"]


def test_a_long_list_comes_in_parts(cast: Cast, browse: Browse) -> None:
    User.objects.bulk_create(User(username=f"z{number:03}", full_name=f"Zoe {number:03}") for number in range(50))
    client = browse(cast.ana)
    assert (len(ask(client, "q=zoe")["people"]), ask(client, "q=zoe")["more"]) == (20, True)
    last = ask(client, "q=zoe&offset=40&limit=20")
    assert (names(last)[0], len(last["people"]), last["more"]) == ("z040", 10, False)
    assert names(ask(client, "q=zoe&offset=50")) == []


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "offset=-1", "offset=100001", "q=" + "x" * 101])
def test_what_cannot_be_asked_is_refused_by_name(cast: Cast, browse: Browse, query: str) -> None:
    response = browse(cast.ana).get(f"/people/?{query}")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_query")
    assert query.split("=")[0] in response.json()["error"]["detail"]


def test_strangers_learn_nobodys_name(cast: Cast, client: Client) -> None:
    response = client.get("/people/")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "signed_out")


def test_it_is_one_query_however_many_there_are(cast: Cast, browse: Browse, django_assert_max_num_queries: Any) -> None:
    client = browse(cast.ana)
    with django_assert_max_num_queries(3):  # the session, the person, the people
        ask(client, "q=a&limit=100")


def test_who_asks_without_end_is_told_to_wait_and_others_are_not(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "PERSON_LISTS_BURST", 3)
    monkeypatch.setattr(conf, "PERSON_LISTS_PER_SECOND", 0.01)
    monkeypatch.setattr(may_list, "_buckets", {})
    client = browse(cast.ana)
    for _ in range(3):
        ask(client)
    refused = client.get("/people/")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
    assert 0 < refused.json()["error"]["retry_after"] <= 100
    assert 1 <= int(refused["Retry-After"]) <= 100
    ask(browse(cast.bia))


def test_people_who_ask_no_more_are_forgotten(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    buckets = PersonBuckets(lambda: TokenBucket(burst=1, rate=1_000_000))
    for number in range(2_000):
        buckets(User(pk=number))
    assert len(buckets._buckets) <= 1_001
