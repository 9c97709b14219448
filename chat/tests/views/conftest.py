from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from chat.management.translations import compile_changed
from chat.tests.cast import Cast, Person, make_cast

Browse = Callable[[Person], Client]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def browse() -> Browse:
    """The browser that a person is signed in with."""

    def browser(person: Person) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = person.session.session_key
        return client

    return browser


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """The catalogues as `make run` compiles them."""
    compile_changed(settings.LOCALE_PATHS)
