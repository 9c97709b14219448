"""The session store behind Django's session middleware and Channels' own."""

from typing import Any, Final

from asgiref.sync import sync_to_async
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, IntegrityError, transaction

from chat.models import Session

MIN_KEY_CHARACTERS: Final = 8  # as Django's own check


class SessionStore(DatabaseStore):
    """Django's database store, with two differences.

    Saving updates only the columns that belong to the store, so that what sockets write is never overwritten.
    A new key is given to the row that is there, so that a device keeps its name when the cookie's value changes.
    """

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        # PostgreSQL raises on a NUL: a forged cookie must be "signed out", not a server error.
        return key is not None and len(key) >= MIN_KEY_CHARACTERS and key.isascii() and key.isalnum()

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
        row = self.create_model_instance(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        if must_create:
            self._insert(row)
        else:
            self._update(row)

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

    def _insert(self, row: Session) -> None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise CreateError from None

    def _update(self, row: Session) -> None:
        try:
            updated = Session.objects.filter(session_key=row.session_key).update(
                session_data=row.session_data,
                expire_date=row.expire_date,
                user_id=row.user_id,
                auth_hash=row.auth_hash,
            )
        except DatabaseError:
            raise UpdateError from None
        if not updated:  # it was deleted meanwhile: writing it again would undo a sign-out
            raise UpdateError
