"""Every way in which a session ends; here it is always the one on Ana's phone, or all of Ana's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from chat.tests.process.scene import PASSWORD, Device, Scene

NEW_PASSWORD: Final = "another good long password"

Ending = Callable[[Scene], Awaitable[None]]


async def sign_out_on_a_page(scene: Scene) -> None:
    await _submit(scene.phone, "/", "/logout/")


async def sign_in_as_somebody_else(scene: Scene) -> None:
    await _submit(scene.phone, "/", "/login/", username=scene.bia.name, password=PASSWORD)


async def end_this_device_on_the_devices_page(scene: Scene) -> None:
    await _submit(scene.phone, "/account/sessions/", device=await _device(scene))


async def end_that_device_on_the_devices_page(scene: Scene) -> None:
    await _submit(scene.laptop, "/account/sessions/", device=await _device(scene))


async def end_all_others_on_the_devices_page(scene: Scene) -> None:
    await _submit(scene.laptop, "/account/sessions/", others="1")


async def change_the_password(scene: Scene) -> None:
    new = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    await _submit(scene.laptop, "/account/password/", old_password=PASSWORD, **new)


async def change_ones_own_password_in_the_admin(scene: Scene) -> None:
    await scene.stage.in_site("promote", scene.ana.id)
    await _submit(scene.laptop, f"/admin/chat/user/{scene.ana.id}/password/", **_SET_PASSWORD)


async def delete_it_in_the_admin(scene: Scene) -> None:
    await _administer(scene, f"session/{await _device(scene)}/delete/", post="yes")


async def delete_it_in_a_list_of_the_admin(scene: Scene) -> None:
    chosen = {"action": "delete_selected", "_selected_action": await _device(scene)}
    await _administer(scene, "session/", **chosen, post="yes")


async def set_the_password_in_the_admin(scene: Scene) -> None:
    await _administer(scene, f"user/{scene.ana.id}/password/", **_SET_PASSWORD)


async def make_the_account_inactive_in_the_admin(scene: Scene) -> None:
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    await _administer(scene, f"user/{scene.ana.id}/change/", username=scene.ana.name, **joined)


async def close_the_account_in_the_admin(scene: Scene) -> None:
    chosen = {"action": "close_account", "_selected_action": str(scene.ana.id)}
    await _administer(scene, "user/", **chosen, confirmed="yes")


async def revoke_sessions(scene: Scene) -> None:
    await scene.stage.in_site("revoke_sessions", scene.ana.name)


async def disable(scene: Scene) -> None:
    await scene.stage.in_site("disable", scene.ana.id)


async def delete_user(scene: Scene) -> None:
    await scene.stage.in_site("delete_user", scene.ana.id)


async def disable_without_a_signal(scene: Scene) -> None:
    await scene.stage.in_site("update_user", scene.ana.id, {"is_active": False})


async def set_the_password_without_a_signal(scene: Scene) -> None:
    await scene.stage.in_site("update_user", scene.ana.id, {"password": "argon2$another"})


async def expire_without_a_signal(scene: Scene) -> None:
    await scene.stage.in_site("expire_session", scene.phone.cookie, -1)


async def _on_the_phone(function: str, scene: Scene) -> None:
    await scene.stage.in_site(function, scene.phone.cookie)


flush: Final = partial(_on_the_phone, "flush")
clear_expired: Final = partial(_on_the_phone, "clear_expired")
delete_session: Final = partial(_on_the_phone, "delete_session")
delete_session_by_sql: Final = partial(_on_the_phone, "delete_session_by_sql")

OF_THE_PHONE: Final[dict[str, Ending]] = {
    "signing out on a page": sign_out_on_a_page,
    "signing in as somebody else": sign_in_as_somebody_else,
    "this device, on the devices page": end_this_device_on_the_devices_page,
    "that device, on the devices page": end_that_device_on_the_devices_page,
    "all others, on the devices page": end_all_others_on_the_devices_page,
    "changing the password": change_the_password,
    "changing one's own password in the admin": change_ones_own_password_in_the_admin,
    "deletion in the admin": delete_it_in_the_admin,
    "deletion in a list of the admin": delete_it_in_a_list_of_the_admin,
    "deletion by the ORM": delete_session,
    "flush": flush,
    "clearsessions": clear_expired,
}
OF_ALL_DEVICES: Final[dict[str, Ending]] = {
    "a password set in the admin": set_the_password_in_the_admin,
    "an account made inactive in the admin": make_the_account_inactive_in_the_admin,
    "an account closed in the admin": close_the_account_in_the_admin,
    "an account made inactive by the ORM": disable,
    "an account deleted by the ORM": delete_user,
    "revoke_sessions": revoke_sessions,
}
SILENT_OF_THE_PHONE: Final[dict[str, Ending]] = {
    "deletion by SQL": delete_session_by_sql,
    "expiry by QuerySet.update": expire_without_a_signal,
}
SILENT_OF_ALL_DEVICES: Final[dict[str, Ending]] = {
    "an account made inactive by QuerySet.update": disable_without_a_signal,
    "a password set by QuerySet.update": set_the_password_without_a_signal,
}
SILENT: Final = SILENT_OF_THE_PHONE | SILENT_OF_ALL_DEVICES

_SET_PASSWORD: Final = {"usable_password": "true", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


async def _submit(at: Device, form: str, path: str | None = None, **fields: str) -> None:
    answer = await at.browser.submit(form, path, **fields)
    assert answer.status_code == 302, answer.text


async def _administer(scene: Scene, path: str, **fields: str) -> None:
    answer = await scene.chief.submit(f"/admin/chat/{path}", **fields)
    assert answer.status_code == 302, answer.text


async def _device(scene: Scene) -> str:
    device: str = await scene.stage.in_site("device", scene.phone.cookie)
    return device
