import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from chat.management.translations import compile_changed
from chat.tests.cast import Cast, Person, make_cast
from chat.views import rates

Browse = Callable[[Person], Client]
Submit = Callable[..., Any]


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


@pytest.fixture
def submit(browse: Browse) -> Submit:
    """What the page of a person sends as JSON: `submit(cast.ana, "/rooms/", name="new", kind="open")`."""

    def send(person: Person, path: str, **fields: Any) -> Any:
        return browse(person).post(path, json.dumps(fields), content_type="application/json")

    return send


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """The catalogues as `make run` compiles them."""
    compile_changed(settings.LOCALE_PATHS)


@pytest.fixture
def at_any_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test's people begin with a full bucket: numbers of people come again."""
    monkeypatch.setattr(rates.may_search, "_buckets", {})
