"""The page learns which messages call one, and have not been read."""

import pytest
from django.test import Client

from chat import conf
from chat.actions.commit import commit
from chat.tests.cast import Cast, committed
from chat.tests.views.conftest import Browse


def test_it_names_the_places_by_room(cast: Cast, browse: Browse) -> None:
    committed(
        commit(
            [
                cast.ana.post(cast.garden, "@bia"),
                cast.ana.post(cast.garden, "nobody"),
                cast.ana.post(cast.garden, "@all and @bia"),
                cast.ana.post(cast.general, "@bia"),
            ]
        )
    )
    found = {one["room"]: one["positions"] for one in browse(cast.bia).get("/account/mentions/").json()["mentions"]}
    assert found == {cast.garden.pk: [1, 3], cast.general.pk: [1]}
    assert browse(cast.ana).get("/account/mentions/").json() == {"mentions": []}


def test_of_very_many_in_a_room_it_names_the_newest(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "MENTIONS_TOLD", 2)
    committed(commit([cast.ana.post(cast.garden, body) for body in ("@bia", "@all", "@bia")]))
    committed(commit([cast.ana.post(cast.general, "@all")]))
    assert browse(cast.bia).get("/account/mentions/").json() == {
        "mentions": [{"room": cast.general.pk, "positions": [1]}, {"room": cast.garden.pk, "positions": [2, 3]}]
    }


def test_nobody_learns_of_anothers(cast: Cast, client: Client) -> None:
    committed(commit([cast.ana.post(cast.garden, "@all")]))
    assert client.get("/account/mentions/").status_code == 401


def test_it_can_only_be_read(cast: Cast, browse: Browse) -> None:
    response = browse(cast.bia).post("/account/mentions/")
    assert (response.status_code, response.json()["error"]["code"]) == (405, "method_not_allowed")
