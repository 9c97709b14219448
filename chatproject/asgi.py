"""The visitor's address, then origin, session, person and socket; everything else is Django's."""

import os
from typing import Any

import django
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chatproject.settings")
django.setup(set_prefix=False)  # loads the apps, which the imports below need

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.sessions import CookieMiddleware, SessionMiddleware  # noqa: E402
from django.urls import path, re_path  # noqa: E402

from chat.management.collected import collect_missing  # noqa: E402
from chat.realtime.consumer import ChatConsumer  # noqa: E402
from chat.realtime.runtime import running  # noqa: E402
from chat.sessions.addresses import ClientAddressMiddleware  # noqa: E402
from chat.sessions.auth import SessionAuthMiddleware  # noqa: E402
from chat.sessions.origin import OriginMiddleware  # noqa: E402
from chatproject.bounds.application import Bounded, bound_daphne  # noqa: E402
from chatproject.unavailable import UnavailableMiddleware  # noqa: E402
from chatproject.uploads import UploadMiddleware  # noqa: E402

bound_daphne()
collect_missing()  # daphne may be started by itself, on a database that was only migrated
django_application = get_asgi_application()


async def refuse(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "websocket.close"})


async def pages(scope: Any, receive: Any, send: Any) -> None:
    running.get()  # what a page changes has to reach the sockets of other processes
    await django_application(scope, receive, send)


sockets = URLRouter(
    [
        path("ws/chat/", CookieMiddleware(SessionMiddleware(SessionAuthMiddleware(ChatConsumer.as_asgi())))),
        re_path("", refuse),  # type: ignore[arg-type]  # Channels routes to ASGI applications
    ]
)
application = Bounded(
    ClientAddressMiddleware(
        ProtocolTypeRouter(
            {"http": UploadMiddleware(pages), "websocket": OriginMiddleware(UnavailableMiddleware(sockets))}
        )
    )
)
