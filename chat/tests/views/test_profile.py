"""The account page, and what is chosen there on all other pages."""

import re
from typing import Any

import pytest
from django.test import Client

from chat import conf
from chat.models import User
from chat.tests.cast import Cast
from chat.tests.views.conftest import Browse
from chat.views.rates import may_change

ENGLISH, PORTUGUESE = {"accept-language": "en"}, {"accept-language": "pt-BR"}


def save(client: Client, **fields: str) -> Any:
    return client.post("/account/", {"full_name": "Ana Souza", "language": "", "theme": "", **fields})


def choose(cast: Cast, **fields: str | bool) -> None:
    User.objects.filter(pk=cast.ana.user.pk).update(**fields)


def html(response: Any) -> str:
    """The opening tag of the page."""
    found = re.search(r"<html[^>]*>", response.content.decode())
    assert found, response
    return found[0]


def test_strangers_are_sent_to_the_sign_in(client: Client) -> None:
    for answer in (client.get("/account/"), client.post("/account/", {"full_name": "x"})):
        assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/account/")


def test_what_is_saved_is_shown(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    answer = save(client, full_name="Ana Lima", language="en", theme="light")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    page = client.get("/account/").content.decode()
    assert 'value="Ana Lima"' in page
    assert "Your account is changed." in page
    assert re.search(r'value="en" selected', page)
    assert re.search(r'value="light"[^>]* checked', page)


def test_no_other_field_and_no_other_person_is_changed(cast: Cast, browse: Browse) -> None:
    save(browse(cast.ana), full_name="Ana Lima", username="root", is_staff="on", id=str(cast.bia.user.pk))
    ana, bia = (User.objects.get(pk=person.user.pk) for person in (cast.ana, cast.bia))
    assert (ana.full_name, ana.username, ana.is_staff) == ("Ana Lima", "ana", False)
    assert bia.full_name == "Bia Souza"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"full_name": "x" * 151}, "at most 150 characters"),
        ({"full_name": "Ana\u202eaiB"}, "This name has characters that cannot stand in a name."),
        ({"full_name": "Ana\0"}, "Null characters are not allowed."),
        ({"language": "tlh"}, "Select a valid choice"),
        ({"theme": "pink"}, "Select a valid choice"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field(
    cast: Cast, browse: Browse, wrong: dict[str, str], said: str
) -> None:
    answer = save(browse(cast.ana), **wrong)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert User.objects.get(pk=cast.ana.user.pk).full_name == "Ana Souza"


@pytest.mark.parametrize("path", ["/account/", "/account/picture/remove/"])
def test_who_changes_it_without_end_has_to_wait_as_all_pages_hear_of_it(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(conf, "PERSON_HTTP_CHANGES_BURST", 1)
    monkeypatch.setattr(conf, "PERSON_HTTP_CHANGES_PER_SECOND", 0.01)
    monkeypatch.setattr(may_change, "_buckets", {})
    client = browse(cast.ana)
    save(client, full_name="First")
    answer = client.post(path, {"full_name": "Second", "language": "", "theme": ""}, follow=True)
    assert "That was too often." in answer.content.decode()
    assert User.objects.get(pk=cast.ana.user.pk).full_name == "First"


def test_a_name_is_data(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    save(client, full_name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get("/account/").content.decode()


def test_a_form_from_elsewhere_is_not_accepted(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = cast.ana.session.session_key
    assert save(client, full_name="Eve").status_code == 403
    assert User.objects.get(pk=cast.ana.user.pk).full_name == "Ana Souza"


# -- the language ----------------------------------------------------------------------------------


def test_without_a_choice_the_browser_says_the_language(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    assert 'lang="en"' in html(client.get("/account/", headers=ENGLISH))
    assert 'lang="pt-br"' in html(client.get("/account/", headers=PORTUGUESE))


@pytest.mark.parametrize("path", ["/account/", "/account/password/", "/account/sessions/", "/", "/nowhere/"])
def test_the_language_chosen_holds_on_every_page_and_for_errors(cast: Cast, browse: Browse, path: str) -> None:
    choose(cast, language="pt-br")
    answer = browse(cast.ana).get(path, follow=True, headers=ENGLISH)
    assert 'lang="pt-br"' in html(answer)
    assert answer["Content-Language"] == "pt-br"


def test_a_refused_form_speaks_the_language_chosen(cast: Cast) -> None:
    choose(cast, language="pt-br")
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = cast.ana.session.session_key
    answer = client.post("/account/", {}, headers=ENGLISH)
    assert answer.status_code == 403
    assert 'lang="pt-br"' in html(answer)


def test_the_administration_speaks_it_as_well(cast: Cast, browse: Browse) -> None:
    choose(cast, language="pt-br", is_staff=True, is_superuser=True)
    assert 'lang="pt-br"' in html(browse(cast.ana).get("/admin/", headers=ENGLISH))


def test_the_word_that_it_is_changed_is_in_the_new_language(cast: Cast, browse: Browse) -> None:
    client = browse(cast.ana)
    save(client, language="pt-br")
    assert "Sua conta foi alterada." in client.get("/account/", headers=ENGLISH).content.decode()


def test_a_choice_leaves_others_and_the_next_request_alone(cast: Cast, browse: Browse) -> None:
    choose(cast, language="pt-br")
    browse(cast.ana).get("/account/", headers=ENGLISH)
    assert 'lang="en"' in html(browse(cast.bia).get("/account/", headers=ENGLISH))
    assert 'lang="en"' in html(Client().get("/login/", headers=ENGLISH))


def test_a_language_that_was_taken_away_is_the_browsers_again(cast: Cast, browse: Browse) -> None:
    choose(cast, language="fr")
    assert 'lang="en"' in html(browse(cast.ana).get("/account/", headers=ENGLISH))


# -- the theme -------------------------------------------------------------------------------------


def test_without_a_choice_the_system_says_how_dark_it_is(cast: Cast, browse: Browse) -> None:
    answer = browse(cast.ana).get("/account/")
    assert "data-theme" not in html(answer)
    page = answer.content.decode()
    assert '<meta name="color-scheme" content="light dark">' in page
    assert page.count('name="theme-color"') == 2


@pytest.mark.parametrize(("theme", "colour"), [("light", "#f2efe8"), ("dark", "#131211")])
@pytest.mark.parametrize("path", ["/", "/account/", "/nowhere/"])
def test_the_theme_chosen_is_in_the_page_as_it_comes(
    cast: Cast, browse: Browse, path: str, theme: str, colour: str
) -> None:
    choose(cast, theme=theme)
    answer = browse(cast.ana).get(path, follow=True)
    assert f'data-theme="{theme}"' in html(answer)
    page = answer.content.decode()
    assert f'<meta name="color-scheme" content="{theme}">' in page
    assert re.findall(r'name="theme-color" content="([^"]+)">', page) == [colour]


# -- what asks nobody ------------------------------------------------------------------------------


def test_health_does_not_look_up_who_asks(cast: Cast, browse: Browse, django_assert_num_queries: Any) -> None:
    client = browse(cast.ana)
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200
