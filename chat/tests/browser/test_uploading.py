"""While files are on their way: how far they have got, and what becomes of those that do not arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.async_api import expect

from chat.tests.browser.conftest import MakeDevice, Wired, opened
from chat.tests.browser.pages import RECONNECTED_WITHIN_MS, ChatPage
from chat.tests.browser.sending import Files, document, large, lying, picture
from chat.tests.browser.theatre import Cast, Theatre
from chat.tests.browser.watch import SERVER_GONE
from chat.tests.services.redis import RedisServer
from chat.tests.services.site import Site

KIB, MIB = 1024, 1024 * 1024


async def test_each_file_shows_how_far_it_has_got_and_can_be_stopped(
    ana: ChatPage, files: Files, theatre: Theatre, cast: Cast
) -> None:
    lay = lying(theatre.site.directory)
    await files.slow_down(300 * KIB)
    await files.pick(large("film.mp4"), large("other.mp4"))
    for name in ("film.mp4", "other.mp4"):
        bar = files.upload(name).get_by_role("progressbar")
        await expect(bar).to_be_visible()
        await ana.page.wait_for_function("(bar) => bar.value > 0.02 && bar.value < 1", arg=await bar.element_handle())
        await expect(files.upload(name)).to_contain_text("%")
    await files.upload("film.mp4").get_by_role("button", name="Remove film.mp4").click()
    await expect(files.upload("film.mp4")).to_have_count(0)
    await files.as_usual()
    await expect(files.upload("other.mp4")).to_have_attribute("data-state", "done")
    assert theatre.do("files", cast.garden.id) == [["other.mp4", False]]
    assert len(lying(theatre.site.directory)) == len(lay) + 1, "of what was stopped nothing is left"


async def test_what_is_removed_after_it_has_arrived_is_removed_from_the_server(
    ana: ChatPage, files: Files, theatre: Theatre, cast: Cast
) -> None:
    await files.uploaded(document("one.txt"), document("two.txt"))
    async with ana.page.expect_response("**/discard/"):
        await files.upload("one.txt").get_by_role("button", name="Remove one.txt").press("Enter")
    assert await ana.focused() == "attach"
    assert theatre.do("files", cast.garden.id) == [["two.txt", False]]
    await ana.page.reload()
    await expect(files.uploads).to_have_count(1)


# How many requests with a file are under way, and how many were at most.
COUNT = """() => {
  const { send } = XMLHttpRequest.prototype;
  const all = new Set();
  window.most = 0;
  XMLHttpRequest.prototype.send = function (body) {
    all.add(this);
    window.most = Math.max(window.most, [...all].filter(({ readyState }) => readyState < 4).length);
    send.call(this, body);
  };
}"""


async def test_only_a_few_go_at_once_and_all_arrive(ana: ChatPage, files: Files) -> None:
    await ana.page.evaluate(COUNT)
    await files.pick(*(document(f"{number}.txt", b"x" * 200_000) for number in range(10)))
    await expect(files.done).to_have_count(10)
    assert await ana.page.evaluate("window.most") == 3


async def test_an_eleventh_file_is_refused_before_it_goes(ana: ChatPage, files: Files) -> None:
    await files.pick(*(document(f"{number}.txt") for number in range(11)))
    await expect(files.done).to_have_count(10)
    await expect(files.failed).to_contain_text("A message has room for ten files.")
    await expect(files.failed.get_by_role("button", name="again")).to_be_hidden()
    await files.failed.get_by_role("button", name="Remove").click()
    await ana.say("All of them")
    await ana.expect_lines("All of them")
    await expect(files.documents).to_have_count(10)


async def test_a_message_with_a_file_that_was_refused_is_not_sent_without_it(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    browser.watch.allow("status of 422")
    ana = await browser.enter(cast.ana, cast.garden)
    files = Files(ana)
    await files.pick({"name": "broken.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}, document())
    await expect(files.failed).to_contain_text("The picture is damaged")
    await expect(ana.page.locator("#announcer")).to_contain_text("broken.png was not uploaded.")
    await ana.say("Look")
    await expect(ana.page.get_by_text("A file was not uploaded. Try again, or remove it.")).to_be_visible()
    await expect(ana.lines).to_have_count(0)
    await files.failed.get_by_role("button", name="Remove").click()
    await ana.composer.press("Enter")
    await ana.expect_lines("Look")
    await expect(files.documents).to_have_count(1)


async def test_an_upload_that_the_network_breaks_off_can_be_tried_again(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    browser.watch.allow(SERVER_GONE)
    ana = await browser.enter(cast.ana, cast.garden)
    files = Files(ana)
    await ana.page.route("**/files/", lambda route: route.abort("connectionreset"))
    await files.pick(document())
    await expect(files.failed).to_contain_text("The connection was lost.")
    await ana.page.unroute_all()
    await files.failed.get_by_role("button", name="Upload notes.txt again").click()
    await expect(files.done).to_have_count(1)


async def test_an_upload_that_the_servers_end_breaks_off_begins_anew_by_itself(
    own_theatre: Theatre, device: MakeDevice, cast: Cast
) -> None:
    browser = await device()
    browser.watch.allow(SERVER_GONE)
    ana = await browser.enter(cast.ana, cast.garden)
    files = Files(ana)
    await files.slow_down(200 * KIB)
    await files.pick(large(size=2 * MIB))
    bar = await files.uploads.get_by_role("progressbar").element_handle()
    await ana.page.wait_for_function("(bar) => bar.value > 0.02", arg=bar)
    own_theatre.daphne.kill()
    await expect(files.failed).to_contain_text("The connection was lost.")
    await files.as_usual()
    own_theatre.daphne.start()
    await expect(files.done).to_have_count(1, timeout=RECONNECTED_WITHIN_MS)
    await ana.say("After all")
    await ana.expect_lines("After all")


async def test_what_has_arrived_waits_in_its_room_over_a_reload(ana: ChatPage, files: Files, cast: Cast) -> None:
    await files.uploaded(picture("kites.png"), document("notes.txt"))
    await ana.enter(cast.kitchen)
    await expect(files.uploads).to_have_count(0)
    await ana.page.reload()
    await ana.enter(cast.garden)
    await expect(files.done).to_have_count(2)
    await ana.say("Still there")
    await ana.expect_lines("Still there")
    await expect(files.pictures).to_have_count(1)
    await ana.page.reload()
    await ana.expect_lines("Still there")
    await expect(files.uploads).to_have_count(0)


async def test_a_message_with_files_waits_for_the_connection_as_others_do(
    wired: Wired, theatre: Theatre, cast: Cast
) -> None:
    ana, wire = wired
    files = Files(ana)
    await files.uploaded(picture("kites.png"))
    await wire.cut()
    await ana.say("Look")
    await expect(ana.pending).to_contain_text("Look")
    await expect(files.pictures.locator("img")).to_have_js_property("complete", True)
    assert theatre.stored(cast.garden) == []
    await ana.page.reload()
    await expect(ana.pending).to_contain_text("Look")
    await expect(files.pictures).to_have_count(1)
    wire.mend()
    await ana.expect_lines("Look")
    await expect(files.pictures).to_have_count(1)


async def test_a_message_whose_files_are_gone_says_so(wired: Wired, theatre: Theatre, cast: Cast) -> None:
    ana, wire = wired
    await Files(ana).uploaded(document())
    await wire.cut()
    await ana.say("Too late")
    theatre.do("age_files", cast.garden.id)
    wire.mend()
    failed = ana.page.locator("#lines > [data-state=failed]")
    await expect(failed).to_contain_text("A file is no longer on the server.")
    await failed.get_by_role("button", name="Discard").click()
    await expect(ana.lines).to_have_count(0)


async def test_who_leaves_while_files_are_on_their_way_is_asked(ana: ChatPage, files: Files) -> None:
    await files.slow_down(100 * KIB)
    await files.pick(large())
    await expect(files.uploads.get_by_role("progressbar")).to_be_visible()
    asked: list[str] = []

    async def answer(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        await dialog.dismiss()  # type: ignore[attr-defined]

    ana.page.on("dialog", answer)
    await ana.composer.press("x")  # browsers ask nobody who has done nothing
    await ana.page.evaluate("location.assign('/account/password/')")
    await expect(files.uploads).to_have_count(1)
    await ana.page.wait_for_timeout(0)
    assert asked == ["beforeunload"]
    await files.uploads.get_by_role("button", name="Remove").click()


class TestWithLimits:
    """A server that takes little."""

    @pytest.fixture
    def theatre(self, make_site: Callable[..., Site], redis_server: RedisServer) -> Iterator[Theatre]:
        yield from opened(
            make_site(REDIS_URL=redis_server.url, UPLOAD_MB="1", UPLOAD_TYPES="txt,png", UPLOAD_UNSENT_MB="1")
        )

    async def test_the_limits_are_told_before_and_kept_before_anything_is_sent(
        self, ana: ChatPage, files: Files
    ) -> None:
        requests: list[str] = []
        ana.page.on("request", lambda request: requests.append(request.url))
        clip = ana.page.get_by_role("button", name="Attach files")
        await expect(clip).to_have_accessible_description("Files up to 1 MB: txt, png")
        await expect(ana.page.locator("#file-input")).to_have_attribute("accept", ".txt,.png")
        await files.pick(document("large.txt", bytes(MIB + 1)), document("setup.exe"), document("fine.txt"))
        await expect(files.upload("large.txt")).to_contain_text("It is larger than 1 MB.")
        await expect(files.upload("setup.exe")).to_contain_text("Files of this kind may not be sent here.")
        await expect(files.upload("fine.txt")).to_have_attribute("data-state", "done")
        await expect(files.failed.get_by_role("button", name="again")).to_have_count(0)
        assert sum("/files/" in url for url in requests) == 1

    async def test_what_is_too_much_at_once_can_be_tried_again(self, device: MakeDevice, cast: Cast) -> None:
        browser = await device()
        browser.watch.allow("status of 409")
        ana = await browser.enter(cast.ana, cast.garden)
        files = Files(ana)
        await files.uploaded(document("one.txt", bytes(700 * KIB)))
        await files.pick(document("two.txt", bytes(700 * KIB)))
        await expect(files.failed).to_contain_text("Too much is waiting to be sent already.")
        async with ana.page.expect_response("**/discard/"):
            await files.upload("one.txt").get_by_role("button", name="Remove").click()
        await files.failed.get_by_role("button", name="Upload two.txt again").click()
        await expect(files.done).to_have_count(1)
