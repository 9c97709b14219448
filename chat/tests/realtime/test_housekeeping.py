"""What a process does by itself while nobody asks for anything."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.db import OperationalError
from django.utils import timezone

from chat import conf
from chat.models import Attachment
from chat.realtime import janitor
from chat.realtime.runtime import Runtime
from chat.tests.actions.uploads import on_disk, uploaded
from chat.tests.cast import Cast


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """Before the runtime starts."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(conf, "CLEAN_LOOK_SECONDS", 0.01)


def forget_long_ago(cast: Cast) -> None:
    uploaded(cast.ana, cast.garden)
    Attachment.objects.update(created=timezone.now() - timedelta(seconds=conf.UNSENT_SECONDS + 1))


@pytest_asyncio.fixture
async def forgotten(cast: Cast, often: None) -> None:
    await sync_to_async(forget_long_ago)(cast)


async def test_a_process_removes_the_files_that_nobody_has_sent(forgotten: None, runtime: Runtime) -> None:
    async with asyncio.timeout(15):
        while True:
            if not on_disk():
                return
            await asyncio.sleep(0.02)


async def test_a_database_that_is_away_ends_no_housekeeping(
    transactional_db: None, often: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    answers = iter([OperationalError(), OSError(), None])

    def answer() -> None:
        error = next(answers, None)
        if error is not None:
            raise error
        loop.call_soon_threadsafe(asked.set)

    monkeypatch.setattr(janitor, "clean_if_due", answer)
    with caplog.at_level(logging.WARNING):
        task = asyncio.create_task(janitor.keep_uploads_clean())
        async with asyncio.timeout(15):
            await asked.wait()
        task.cancel()
    assert [record.getMessage() for record in caplog.records] == [
        "uploads could not be cleaned: OperationalError",
        "uploads could not be cleaned: OSError",
    ]
