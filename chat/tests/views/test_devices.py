import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from chat.models import Session
from chat.tests.cast import Cast, Person, sign_in
from chat.tests.views.conftest import Browse

PATH = "/account/sessions/"


@pytest.fixture
def phone(cast: Cast) -> Person:
    """Ana's other device."""
    session = sign_in(cast.ana.user)
    Session.objects.filter(pk=session.pk).update(
        user_agent="Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0", ip="2001:db8::7"
    )
    return Person(cast.ana.user, session)


def lives(person: Person) -> bool:
    return Session.objects.filter(device=person.session.device).exists()


def devices_offered(page: str) -> list[str]:
    return re.findall(r'name="device" value="([^"]+)"', page)


def test_ones_own_devices_are_shown_each_with_a_form(cast: Cast, phone: Person, browse: Browse) -> None:
    page = browse(cast.ana).get(PATH).content.decode()
    assert devices_offered(page) == [str(cast.ana.session.device), str(phone.session.device)]
    assert "Firefox on Android" in page
    assert "2001:db8::7" in page
    assert page.count("this device") == 1


def test_no_key_of_a_session_stands_in_the_page(cast: Cast, phone: Person, browse: Browse) -> None:
    page = browse(cast.ana).get(PATH).content.decode()
    for person in (cast.ana, phone):
        assert person.session.session_key not in page


def test_a_sign_in_that_no_longer_counts_is_not_shown(cast: Cast, phone: Person, browse: Browse) -> None:
    Session.objects.filter(pk=phone.session.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert devices_offered(browse(cast.ana).get(PATH).content.decode()) == [str(cast.ana.session.device)]


def test_one_device_is_ended(cast: Cast, phone: Person, browse: Browse) -> None:
    response = browse(cast.ana).post(PATH, {"device": str(phone.session.device)}, follow=True)
    assert "The device is signed out." in response.content.decode()
    assert not lives(phone)
    assert lives(cast.ana)


def test_all_the_others_are_ended(cast: Cast, phone: Person, browse: Browse) -> None:
    browse(cast.ana).post(PATH, {"others": "1"})
    assert not lives(phone)
    assert lives(cast.ana)
    assert lives(cast.bia)


def test_ending_this_device_signs_out(cast: Cast, phone: Person, browse: Browse) -> None:
    client = browse(cast.ana)
    response = client.post(PATH, {"device": str(cast.ana.session.device)})
    assert response["Location"] == "/login/"
    assert not lives(cast.ana)
    assert lives(phone)
    assert client.get("/session/").status_code == 401


def test_nobody_ends_the_device_of_somebody_else(cast: Cast, browse: Browse) -> None:
    browse(cast.ana).post(PATH, {"device": str(cast.bia.session.device)})
    assert lives(cast.bia)


@pytest.mark.parametrize("device", ["", "nonsense", "a\0b", str(uuid.UUID(int=1))])
def test_a_device_that_is_not_there_harms_nothing(cast: Cast, browse: Browse, device: str) -> None:
    response = browse(cast.ana).post(PATH, {"device": device}, follow=True)
    assert "signed out already" in response.content.decode()
    assert lives(cast.ana)


def test_it_takes_the_forms_token(cast: Cast, phone: Person, browse: Browse) -> None:
    client = browse(cast.ana)
    client.handler.enforce_csrf_checks = True
    assert client.post(PATH, {"device": str(phone.session.device)}).status_code == 403
    assert lives(phone)


def test_what_a_browser_calls_itself_is_inert(cast: Cast, client: Client, browse: Browse) -> None:
    Session.objects.update(user_agent="<script>alert(1)</script>")
    assert b"<script>" not in browse(cast.ana).get(PATH).content
