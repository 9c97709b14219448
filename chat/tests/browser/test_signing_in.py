"""Sign in, sign out, and be signed out."""

from __future__ import annotations

import re

from playwright.async_api import Route, expect

from chat.tests.browser.conftest import MakeDevice
from chat.tests.browser.device import Device
from chat.tests.browser.pages import ChatPage
from chat.tests.browser.theatre import PASSWORD, Cast, Theatre


async def test_a_wrong_password_is_told_plainly_and_the_right_one_opens_the_room(
    device: MakeDevice, cast: Cast
) -> None:
    ana = await (await device()).tab()
    await ana.go(cast.garden.path)
    await ana.fill_sign_in(cast.ana, "not her password")
    await expect(ana.page.get_by_role("alert")).to_be_visible()
    await expect(ana.page.get_by_label("Username")).to_have_value(cast.ana.username)
    await ana.sign_in_here(cast.ana)
    await expect(ana.page).to_have_url(ana.url + cast.garden.path)
    await expect(ana.heading).to_have_text("garden")


async def test_the_front_door_leads_to_the_room_looked_at_last(ana: ChatPage, cast: Cast, theatre: Theatre) -> None:
    await ana.enter(cast.kitchen)
    await ana.say("I was here")
    await ana.expect_lines("I was here")  # one socket's commands take effect in order: the room is remembered by now
    await ana.go("/")
    await expect(ana.page).to_have_url(ana.url + cast.kitchen.path)


async def test_signing_out_from_the_menu_signs_out_the_other_tab_as_well(device: MakeDevice, cast: Cast) -> None:
    browser = await device()
    first, second = await browser.tab(), await browser.tab()
    await first.sign_in(cast.ana, cast.garden)
    await second.go(cast.kitchen.path)
    await expect(second.heading).to_have_text("kitchen")
    await first.sign_out()
    await expect(first.page).to_have_url(f"{first.url}/login/")
    await second.expect_sign_in()


async def test_who_has_signed_in_again_beside_this_page_is_signed_out_from_it_all_the_same(
    device: MakeDevice, cast: Cast
) -> None:
    browser = await device()
    ana = await browser.enter(cast.ana, cast.garden)
    token = next(cookie for cookie in await browser.context.cookies() if cookie["name"] == "csrftoken")
    fields: dict[str, str | float | bool] = {
        "username": cast.ana.username,
        "password": PASSWORD,
        "csrfmiddlewaretoken": token["value"],
    }
    again = await browser.context.request.post(f"{ana.url}/login/", form=fields, max_redirects=0)
    assert again.status == 302
    await ana.sign_out()
    await ana.expect_sign_in()
    assert (await browser.context.request.get(f"{ana.url}/session/")).status == 401


async def test_a_sign_out_that_was_stopped_on_its_way_leaves_no_room_on_the_screen(ana: ChatPage) -> None:
    async def stop_after_it_was_heard(route: Route) -> None:
        await route.fetch(max_redirects=0)
        await route.abort("aborted")

    await ana.page.route("**/logout/", stop_after_it_was_heard)
    await ana.sign_out()
    await expect(ana.page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=15_000)


async def test_a_sign_out_that_was_never_heard_leaves_the_page_as_it_was(
    ana: ChatPage, cast: Cast, theatre: Theatre
) -> None:
    await ana.page.route("**/logout/", lambda route: route.abort("aborted"))
    async with ana.page.expect_response("**/session/", timeout=15_000):
        await ana.sign_out()
    await ana.say("Still here")
    await ana.expect_lines("Still here")
    theatre.do("revoke", cast.ana.username)
    await ana.expect_sign_in()


async def test_another_device_stays_signed_in(ana: ChatPage, device: MakeDevice, cast: Cast) -> None:
    phone = await (await device()).enter(cast.ana, cast.garden)
    await phone.sign_out()
    await phone.expect_sign_in()
    await ana.say("Still here")
    await ana.expect_lines("Still here")


async def test_a_device_is_ended_from_the_list_of_devices(device: MakeDevice, cast: Cast) -> None:
    phone = await device(user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1")
    lost = await phone.tab()
    await lost.sign_in(cast.ana, cast.garden)
    ana = await (await device()).tab()
    await ana.sign_in(cast.ana)
    await ana.own_menu.click()
    await ana.page.get_by_role("link", name="Devices signed in").click()
    await ana.page.get_by_role("button", name="Sign out Safari on iPhone").click()
    await lost.expect_sign_in()
    await expect(ana.page.get_by_text("iPhone")).to_have_count(0)


async def test_a_revoked_session_leads_to_sign_in_and_back_to_the_same_room_with_its_draft(
    device: MakeDevice, cast: Cast, theatre: Theatre
) -> None:
    browser = await device()
    ana = await browser.tab()
    await ana.sign_in(cast.ana, cast.garden)
    await ana.composer.fill("Half a thought")
    theatre.do("revoke", cast.ana.username)
    await ana.expect_sign_in()
    await expect(ana.page).to_have_url(re.compile(f"next={cast.garden.path}$|next=%2Frooms%2F{cast.garden.id}%2F$"))
    await ana.sign_in_here(cast.ana)
    await expect(ana.heading).to_have_text("garden")
    await expect(ana.composer).to_have_value("Half a thought")


async def test_who_signs_in_next_at_a_browser_sees_no_drafts_of_the_one_before(device: MakeDevice, cast: Cast) -> None:
    browser: Device = await device()
    ana = await browser.tab()
    await ana.sign_in(cast.ana, cast.garden)
    await ana.composer.fill("Between me and me")
    await ana.sign_out()
    await ana.expect_sign_in()
    await ana.sign_in(cast.bia, cast.garden)
    await expect(ana.composer).to_be_visible()
    await expect(ana.composer).to_have_value("")
