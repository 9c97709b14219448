from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from chat import conf
from chat.markup.mentions import means_everyone
from chat.models.folded import Folded, FoldedField

if TYPE_CHECKING:
    from chat.models.room import Room


class User(Folded, AbstractUser):
    """A person with an account, made by an administrator."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    first_name = None  # type: ignore[assignment]  # one field holds a name as its owner writes it
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=conf.FULL_NAME_CHARACTERS, blank=True)
    folded = FoldedField(of=["full_name", "username"])
    handle = FoldedField(of=["username"])
    language = models.CharField(_("language"), max_length=10, blank=True)  # empty: the browser's
    picture = models.CharField(max_length=16, blank=True, editable=False)  # the portrait's version, where there is one
    theme = models.CharField(_("theme"), max_length=10, blank=True, choices=Theme)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [models.Index(fields=["handle"], name="users_by_handle")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if means_everyone(self.username):
            raise ValidationError({"username": _("@all calls everybody in a room. Please choose another name.")})

    @property
    def name(self) -> str:
        return self.full_name or self.username

    @property
    def rooms(self) -> models.QuerySet[Room]:
        """The rooms this person is in. Ask through it, so that no check can be forgotten."""
        rooms: models.QuerySet[Room] = apps.get_model("chat", "Room")._default_manager.filter(
            memberships__user=self, memberships__active=True, archived=False
        )
        return rooms

    def check_password(self, raw_password: str | None) -> bool:
        """As Django's. But a better hash of the same password is no other password, and signs nobody out."""
        return check_password(raw_password, self.password, self._rehash)

    def _rehash(self, raw_password: str) -> None:
        better = make_password(raw_password)  # slow on purpose: not while others wait for a lock
        stored = self._replace_hash(better)
        if stored != better and check_password(raw_password, stored):
            self.password = stored  # another sign-in was quicker

    @transaction.atomic
    def _replace_hash(self, better: str) -> str:
        """The hash that stands afterwards: another one where it was changed meanwhile."""
        stored = User.objects.select_for_update(no_key=True).get(pk=self.pk).password
        if stored != self.password:
            return stored
        self.password = better
        self.save(update_fields=["password"])
        for session in self.sessions.select_for_update():
            session.follow(former=stored, present=better)
        return better

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


def vouches_for(password: str, auth_hash: str) -> bool:
    """Whether a session that carries `auth_hash` was signed in with the password stored as `password`.

    Retired signing keys count: rotating SECRET_KEY signs nobody out while the old one is a fallback.
    """
    known = _auth_hashes(password, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(auth_hash, one) for one in known)


@lru_cache(maxsize=10_000)
def _auth_hashes(password: str, *_signing_keys: str) -> tuple[str, ...]:
    user = User(password=password)
    return (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
