"""`manage.py clean_uploads`."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from chat import conf
from chat.models import Attachment
from chat.tests.actions.uploads import on_disk, uploaded
from chat.tests.cast import make_cast


def clean() -> str:
    output = io.StringIO()
    call_command("clean_uploads", stdout=output)
    return output.getvalue()


def test_it_tells_how_many_it_removed(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    cast = make_cast()
    for _ in range(2):
        uploaded(cast.ana, cast.garden)
    assert clean() == "0 removed.\n"
    Attachment.objects.update(created=timezone.now() - timedelta(seconds=conf.UNSENT_SECONDS + 1))
    assert clean() == "2 removed.\n"
    assert on_disk() == set()
