"""A person's picture: sent, shown, replaced and removed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from chat import conf
from chat.actions.accounts import anonymise
from chat.models import Portrait, User
from chat.tests.cast import Cast
from chat.tests.pictures.samples import halves, png_bomb
from chat.tests.views.conftest import Browse
from chat.views.rates import may_change

UNREADABLE = "This could not be read as a picture"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def a_picture(size: tuple[int, int] = (300, 200), name: str = "PNG") -> bytes:
    written = BytesIO()
    halves(size).save(written, name)
    return written.getvalue()


def send(client: Client, content: bytes, *, name: str = "me.png", type: str = "image/png") -> str:  # noqa: A002
    """What the page says then."""
    answer = client.post("/account/picture/", {"picture": SimpleUploadedFile(name, content, type)})
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    return client.get("/account/").content.decode()


def version(cast: Cast) -> str:
    return User.objects.get(pk=cast.ana.user.pk).picture


def address(cast: Cast, size: str = "small", picture: str | None = None) -> str:
    return f"/people/{cast.ana.user.pk}/picture/{picture or version(cast)}/{size}/"


@pytest.fixture(autouse=True)
def nobody_was_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(may_change, "_buckets", {})


@pytest.fixture
def ana(cast: Cast, browse: Browse) -> Client:
    """Who has a picture."""
    client = browse(cast.ana)
    assert "Your picture is changed." in send(client, a_picture())
    return client


@pytest.mark.parametrize(
    ("size", "side"), [("small", conf.PORTRAIT_SMALL_PIXELS), ("large", conf.PORTRAIT_LARGE_PIXELS)]
)
def test_everybody_signed_in_is_shown_it_in_two_sizes(
    cast: Cast, browse: Browse, ana: Client, size: str, side: int
) -> None:
    answer = browse(cast.caio).get(address(cast, size))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert Image.open(BytesIO(answer.content)).size == (side, side)


def test_a_browser_keeps_it_for_good_and_for_itself(cast: Cast, ana: Client) -> None:
    answer = ana.get(address(cast))
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_another_picture_has_another_address_and_the_one_before_is_gone(cast: Cast, ana: Client) -> None:
    before, shown = version(cast), ana.get(address(cast)).content
    send(ana, a_picture((200, 300), "JPEG"))
    assert version(cast) != before
    assert Portrait.objects.count() == 1
    late = ana.get(address(cast, picture=before))
    assert late.content == ana.get(address(cast)).content != shown
    assert late["Cache-Control"] == "no-store", "under the old address nobody may keep the new one"


def test_a_picture_is_removed(cast: Cast, ana: Client) -> None:
    before = address(cast)
    assert "Remove it" in ana.get("/account/").content.decode()
    ana.post("/account/picture/remove/")
    page = ana.get("/account/").content.decode()
    assert "Your picture is removed." in page
    assert "Remove it" not in page
    assert version(cast) == ""
    assert not Portrait.objects.exists()
    assert ana.get(before).status_code == 404


def test_of_a_closed_account_no_picture_is_left(cast: Cast, ana: Client, browse: Browse) -> None:
    before = address(cast)
    anonymise(user=cast.ana.user)
    assert not Portrait.objects.exists()
    assert version(cast) == ""
    assert browse(cast.bia).get(before).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "type"),
    [
        (b"x", "me.png", "image/png"),
        (HTML, "me.png", "image/png"),
        (HTML, "me.html", "text/html"),
        (SVG, "me.svg", "image/svg+xml"),
        (SVG, "me.png", "image/png"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "me.png", "image/png"),
        (a_picture()[:200], "me.png", "image/png"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(
    cast: Cast,
    ana: Client,
    content: bytes,
    name: str,
    type: str,  # noqa: A002
) -> None:
    before = version(cast)
    assert UNREADABLE in send(ana, content, name=name, type=type)
    assert version(cast) == before


def test_a_bomb_does_no_harm(cast: Cast, ana: Client, tmp_path: Path) -> None:
    assert UNREADABLE in send(ana, png_bomb(tmp_path / "bomb", 50_000).read_bytes())


def test_a_form_without_a_file_changes_nothing(cast: Cast, ana: Client) -> None:
    before = version(cast)
    for fields in ({}, {"picture": "words"}):
        ana.post("/account/picture/", fields)
        assert UNREADABLE in ana.get("/account/").content.decode()
    assert version(cast) == before


def test_whatever_a_file_is_called_it_is_served_as_what_it_is(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    send(client, a_picture(name="GIF"), name="../../me.html", type="text/html")
    assert client.get(address(cast))["Content-Type"] == "image/webp"


def test_nobody_changes_the_picture_of_another(cast: Cast, ana: Client, browse: Browse) -> None:
    before = version(cast)
    send(browse(cast.bia), a_picture((90, 90)))
    browse(cast.bia).post("/account/picture/remove/", {"user": cast.ana.user.pk})
    assert version(cast) == before


def test_strangers_see_and_change_nothing(cast: Cast, ana: Client, client: Client) -> None:
    for answer in (
        client.get(address(cast)),
        client.post("/account/picture/", {"picture": SimpleUploadedFile("me.png", a_picture())}),
        client.post("/account/picture/remove/"),
    ):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/")


@pytest.mark.parametrize("path", ["/account/picture/", "/account/picture/remove/"])
def test_a_link_changes_nothing_and_a_form_from_elsewhere_neither(cast: Cast, ana: Client, path: str) -> None:
    assert ana.get(path).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["sessionid"] = cast.ana.session.session_key
    assert strict.post(path).status_code == 403
    assert version(cast)


@pytest.mark.parametrize(
    "path", ["{id}/picture/x/huge/", "{id}/picture/x/user_id/", "0/picture/x/small/", "{big}/picture/x/small/"]
)
def test_what_is_not_there_is_not_found(cast: Cast, ana: Client, path: str) -> None:
    assert ana.get("/people/" + path.format(id=cast.ana.user.pk, big=10**30)).status_code == 404


def test_who_tries_too_often_is_asked_to_wait(cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "PERSON_HTTP_CHANGES_BURST", 1)
    monkeypatch.setattr(conf, "PERSON_HTTP_CHANGES_PER_SECOND", 0.01)
    client = browse(cast.ana)
    assert "Your picture is changed." in send(client, a_picture())
    assert "That was too often." in send(client, a_picture((90, 90)))
    assert "Your picture is changed." in send(browse(cast.bia), a_picture())
