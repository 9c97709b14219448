"""An administrator at work."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from chat.actions.commit import commit
from chat.models import User
from chat.tests.cast import Cast, make_cast, sign_in

CONFIRMED = {"confirmed": "yes"}


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    commit([cast.bia.post(cast.garden, "<b>plainly</b>"), cast.ana.post(cast.garden, "second")])
    return cast


@pytest.fixture
def root(cast: Cast) -> User:
    return User.objects.create_superuser("root", password="correct horse")


@pytest.fixture
def office(root: User) -> Client:
    """The browser of an administrator."""
    client = Client()
    client.cookies["sessionid"] = sign_in(root).session_key
    return client


def act(office: Client, model: str, action: str, *rows: Any, **fields: str) -> Any:
    data = {"action": action, "_selected_action": [row.pk for row in rows], **fields}
    return office.post(f"/admin/chat/{model}/", data)
