import asyncio
import threading
import time
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.test import AsyncClient, Client

from chat import conf


def test_healthz_asks_no_database(client: Client) -> None:
    # pytest-django would refuse any query in a test that did not ask for the database.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


async def ready() -> Any:
    return await AsyncClient().get("/readyz")


async def test_readyz_says_ok_when_all_answer(transactional_db: None) -> None:
    response = await ready()
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_readyz_names_a_channel_layer_that_fails(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_args: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(get_channel_layer(), "group_send", fail)
    response = await ready()
    assert (response.status_code, response.json()["failing"]) == (503, ["channel layer"])


async def test_readyz_waits_for_no_channel_layer_that_hangs(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_args: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(get_channel_layer(), "group_send", hang)
    monkeypatch.setattr(conf, "PUBLISH_SECONDS", 0.1)
    assert (await ready()).json()["failing"] == ["channel layer"]


async def test_readyz_waits_for_no_database_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr("chat.views.health._ask_database", lambda: released.wait(30))
    monkeypatch.setattr("chat.views.health._PATIENCE_SECONDS", 0.1)
    began = time.monotonic()
    response = await ready()
    took = time.monotonic() - began
    released.set()
    assert (response.status_code, response.json()["failing"]) == (503, ["database"])
    assert took < 5
