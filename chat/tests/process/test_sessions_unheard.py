"""Where every doorbell is lost, and where nothing rang one, the regular check ends the sockets of what has ended."""

from collections.abc import Callable

import pytest

from chat.tests.process import endings
from chat.tests.process.endings import Ending
from chat.tests.process.scene import Scene, Stage

REVALIDATE_SECONDS = 1
SECONDS = REVALIDATE_SECONDS + 1.0


@pytest.fixture(scope="module")
def stage(make_stage: Callable[..., Stage], mute_redis_url: str) -> Stage:
    return make_stage(REDIS_URL=mute_redis_url, REVALIDATE_SECONDS=str(REVALIDATE_SECONDS))


@pytest.mark.parametrize("end", endings.OF_THE_PHONE.values(), ids=endings.OF_THE_PHONE)
async def test_its_sockets_close_though_the_word_is_lost(scene: Scene, end: Ending) -> None:
    lost = scene.stage.lost_doorbells
    await end(scene)
    await scene.expect(scene.phone, seconds=SECONDS)
    assert scene.stage.lost_doorbells > lost, "the test is void unless a doorbell was lost"


@pytest.mark.parametrize("end", endings.OF_ALL_DEVICES.values(), ids=endings.OF_ALL_DEVICES)
async def test_all_of_ones_sockets_close_though_the_word_is_lost(scene: Scene, end: Ending) -> None:
    lost = scene.stage.lost_doorbells
    await end(scene)
    await scene.expect(scene.phone, scene.laptop, seconds=SECONDS)
    assert scene.stage.lost_doorbells > lost, "the test is void unless a doorbell was lost"


@pytest.mark.parametrize("end", endings.SILENT_OF_THE_PHONE.values(), ids=endings.SILENT_OF_THE_PHONE)
async def test_its_sockets_close_though_nothing_rang(scene: Scene, end: Ending) -> None:
    await end(scene)
    await scene.expect(scene.phone, seconds=SECONDS)


@pytest.mark.parametrize("end", endings.SILENT_OF_ALL_DEVICES.values(), ids=endings.SILENT_OF_ALL_DEVICES)
async def test_all_of_ones_sockets_close_though_nothing_rang(scene: Scene, end: Ending) -> None:
    await end(scene)
    await scene.expect(scene.phone, scene.laptop, seconds=SECONDS)
