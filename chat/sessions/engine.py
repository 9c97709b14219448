"""The session store behind Django's session middleware and Channels' own."""

from copy import deepcopy
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import IntegrityError, transaction
from django.utils import timezone

from chat.models import Session, User
from chat.models.user import vouches_for

MIN_KEY_CHARACTERS: Final = 8  # as Django's own check


class SessionStore(DatabaseStore):
    """Django's database store, with three differences.

    Saving writes only what was changed here since it was loaded or saved: neither what sockets write, in columns of
    their own, nor what another request of this browser has saved meanwhile is lost.
    A new key is given to the row that is there, so that a device keeps its name when the cookie's value changes.
    A new signing key changes no cookie.
    """

    _session_cache: dict[str, Any]  # Django's: the data as this request has it
    _loaded: dict[str, Any] | None = None  # and as it was stored when it was loaded or saved here last

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        # PostgreSQL raises on a NUL: a forged cookie must be "signed out", not a server error.
        return key is not None and len(key) >= MIN_KEY_CHARACTERS and key.isascii() and key.isalnum()

    def load(self) -> dict[str, Any]:
        live = Session.objects.filter(session_key=self.session_key, expire_date__gt=timezone.now())
        found = live.values_list("session_data", "user__password").first()
        if found is None:
            self._session_key = None  # never take a key that the client has chosen
            return {}
        self._loaded = self.decode(found[0])
        return _under_the_present_key(deepcopy(self._loaded), found[1])

    async def aload(self) -> dict[str, Any]:
        return await sync_to_async(self.load)()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        user_id = data.get(SESSION_KEY)
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]  # not in the stubs
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=user_id and int(user_id),
            auth_hash=data.get(HASH_SESSION_KEY, ""),
        )

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if must_create:
            self._insert()
        elif self._session_cache != self._loaded:
            # Or the middleware would write once more what a page has committed, with a new key maybe: refused then,
            # it would answer without that key, and the browser be left with a cookie that is gone.
            self._update()
        self._loaded = deepcopy(self._session_cache)

    async def asave(self, must_create: bool = False) -> None:
        await sync_to_async(self.save)(must_create)

    def cycle_key(self) -> None:
        self._get_session()  # type: ignore[attr-defined]  # under the new key it could not be loaded before it is saved
        if self.session_key is None:
            self.create()
            return
        key = self._get_new_session_key()  # type: ignore[attr-defined]
        if not Session.objects.filter(session_key=self.session_key).update(session_key=key):
            raise SessionInterrupted("The session has ended meanwhile.")  # a new row would undo a sign-out
        self._session_key = key
        self.modified = True

    async def acycle_key(self) -> None:
        await sync_to_async(self.cycle_key)()

    def _insert(self) -> None:
        try:
            with transaction.atomic():
                self.create_model_instance(self._session_cache).save(force_insert=True)
        except IntegrityError:
            raise CreateError from None

    @transaction.atomic()
    def _update(self) -> None:
        present = Session.objects.select_for_update().filter(session_key=self.session_key).first()
        if present is None:  # it was deleted meanwhile: writing it again would undo a sign-out
            raise UpdateError
        self._session_cache = _merged(self.decode(present.session_data), self._loaded, self._session_cache)
        row = self.create_model_instance(self._session_cache)
        Session.objects.filter(device=present.device).update(
            session_data=row.session_data,
            expire_date=row.expire_date,
            user_id=row.user_id,
            auth_hash=row.auth_hash,
        )


def _under_the_present_key(data: dict[str, Any], password: str | None) -> dict[str, Any]:
    """The data with its auth hash made anew, where a retired signing key made it.

    Django would do it with a new cookie: of two requests at once the later one would come with a cookie that is
    gone, and have the new one deleted in the browser, signed out.
    """
    if password is not None and vouches_for(password, data.get(HASH_SESSION_KEY, "")):
        data[HASH_SESSION_KEY] = User(password=password).get_session_auth_hash()
    return data


def _merged(stored: dict[str, Any], loaded: dict[str, Any] | None, mine: dict[str, Any]) -> dict[str, Any]:
    """What is stored now, with what has become different in `mine` since it was loaded; all of `mine` if it never was."""
    loaded = stored if loaded is None else loaded
    kept = {name: value for name, value in stored.items() if name in mine or name not in loaded}
    return kept | {name: value for name, value in mine.items() if name not in loaded or value != loaded[name]}
