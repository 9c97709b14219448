from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from chat.models.room import Room
from chat.models.user import User, vouches_for


class LiveSession(NamedTuple):
    """A session that may act, as the database told it a moment ago."""

    device: uuid.UUID
    user_id: int
    expires: datetime


class SessionManager(BaseSessionManager["Session"]):
    def living(self, devices: Iterable[uuid.UUID]) -> dict[uuid.UUID, LiveSession]:
        """Those of `devices` that are signed in now: the one definition of a live session, for every check.

        A row is not enough: it must not have expired, its user must be active, and its sign-in must
        have used the password that stands now.
        """
        rows = self.filter(device__in=list(devices), expire_date__gt=timezone.now(), user__is_active=True).values_list(
            "device", "user_id", "expire_date", "auth_hash", "user__password"
        )
        return {
            device: LiveSession(device, user_id, expires)
            for device, user_id, expires, auth_hash, password in rows
            if vouches_for(password, auth_hash)
        }


class Session(AbstractBaseSession):
    """A sign-in on one device.

    `device` is the row's public name. It survives a change of the session key (the cookie's value) and dies
    with the row, so pages, sockets and doorbells can name a session without ever holding its key.

    The session store writes only `session_data`, `expire_date`, `user` and `auth_hash`; what sockets write are
    columns of their own, so neither overwrites the other.
    """

    device = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session_key = models.CharField(_("session key"), max_length=40, unique=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions", verbose_name=_("user"))
    auth_hash = models.CharField(max_length=128, blank=True)
    ip = models.GenericIPAddressField(_("address"), null=True)
    user_agent = models.CharField(_("browser"), max_length=400, blank=True)
    created = models.DateTimeField(_("signed in"), default=timezone.now)
    last_seen = models.DateTimeField(_("last seen"), default=timezone.now)
    last_room = models.ForeignKey(Room, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    def __str__(self) -> str:
        return str(self.device)  # the base class would show the key

    def follow(self, *, former: str, present: str) -> None:
        """Go on under another hash of the same password."""
        if vouches_for(former, self.auth_hash):
            auth_hash = User(password=present).get_session_auth_hash()
            data = Session.objects.encode(self.get_decoded() | {HASH_SESSION_KEY: auth_hash})
            Session.objects.filter(pk=self.pk).update(session_data=data, auth_hash=auth_hash)

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_string("chat.sessions.engine.SessionStore")
