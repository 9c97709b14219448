"""Ways in which somebody's session ends."""

from datetime import timedelta

from django.utils import timezone

from chat.models import Session, User
from chat.sessions.engine import SessionStore
from chat.tests.cast import Person


def store(person: Person) -> SessionStore:
    return SessionStore(person.session.session_key)


def sign_out(person: Person) -> None:
    store(person).flush()


def delete_row(person: Person) -> None:
    Session.objects.filter(device=person.session.device).delete()


def clear_expired(person: Person) -> None:
    Session.objects.filter(device=person.session.device).update(expire_date=timezone.now() - timedelta(1))
    SessionStore.clear_expired()


def disable(person: Person) -> None:
    person.user.is_active = False
    person.user.save()


def set_password(person: Person) -> None:
    person.user.set_password("another one")
    person.user.save()


def delete_user(person: Person) -> None:
    person.user.delete()


def delete_silently(person: Person) -> None:
    """As SQL does: nothing rings."""
    Session.objects.filter(device=person.session.device)._raw_delete("default")


def disable_silently(person: Person) -> None:
    User.objects.filter(pk=person.user.pk).update(is_active=False)
