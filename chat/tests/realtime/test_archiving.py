"""A room that is archived goes from the screens at once, and comes back at once."""

import pytest
from asgiref.sync import sync_to_async

from chat import conf
from chat.actions.rooms import save_room
from chat.tests.cast import Cast
from chat.tests.realtime.conftest import Dial


async def test_archiving_a_room_and_back_rings_its_people(
    cast: Cast, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conf, "COMPARE_SECONDS", 60)  # it would notice too
    ana = await dial(cast.ana)
    cast.garden.archived = True
    await sync_to_async(save_room)(room=cast.garden)
    assert (await ana.hear("left"))["room"] == cast.garden.pk
    cast.garden.archived = False
    await sync_to_async(save_room)(room=cast.garden)
    assert (await ana.hear("room"))["room"]["id"] == cast.garden.pk
