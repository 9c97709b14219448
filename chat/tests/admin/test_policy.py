"""The administration works under the same strict policy as the pages."""

from collections.abc import Callable

from playwright.async_api import Browser, ConsoleMessage

from chat.tests.process.people import people
from chat.tests.services.site import Site

PATHS = (
    "/admin/",
    "/admin/chat/user/",
    "/admin/chat/user/add/",
    "/admin/chat/user/1/change/",
    "/admin/chat/room/add/",
    "/admin/chat/membership/add/",
    "/admin/chat/message/",
    "/admin/chat/session/",
    "/admin/chat/failedsignin/",
)


async def test_the_administration_breaks_no_rule_of_the_policy(
    chromium: Browser, make_site: Callable[..., Site]
) -> None:
    site = make_site()
    site.manage(
        "createsuperuser",
        "--noinput",
        DJANGO_SUPERUSER_USERNAME="root",
        DJANGO_SUPERUSER_EMAIL="",
        DJANGO_SUPERUSER_PASSWORD="a good long password",
    )
    people(site, "ana")
    server = site.daphne()
    page = await chromium.new_page()
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", hear)
    await page.goto(f"{server.url}/admin/")
    await page.get_by_label("Username").fill("root")
    await page.get_by_label("Password").fill("a good long password")
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/admin/")
    for path in PATHS:
        answer = await page.goto(f"{server.url}{path}")
        assert answer is not None
        assert answer.status == 200, path
        await page.wait_for_load_state("networkidle")
    assert complaints == []
    await page.evaluate("document.body.setAttribute('onclick', 'window.hacked = 1')")
    await page.click("body")
    assert len(complaints) == 1, "a breach would not have been heard"
    await page.goto(f"{server.url}/admin/chat/membership/add/")
    await page.locator(".field-room .select2-selection").click()  # its script has run
    await page.get_by_role("option", name="general").click()
