"""Who is asking."""

from django.http import HttpRequest

from chat.errors import SignedOut
from chat.models import Session, User


def person(request: HttpRequest) -> User:
    """Whoever is signed in. Raises SignedOut."""
    if not isinstance(request.user, User):
        raise SignedOut
    return request.user


def own_session(request: HttpRequest) -> Session:
    """The row of this sign-in. Raises SignedOut when it has just been ended."""
    row = Session.objects.filter(session_key=request.session.session_key, user=person(request)).first()
    if row is None:
        raise SignedOut
    return row


def still_signed_in(request: HttpRequest) -> bool:
    """Whether this sign-in counts, from now to the end of the transaction: it did when the request came."""
    User.objects.select_for_update(no_key=True).filter(pk=person(request).pk).first()
    row = Session.objects.filter(session_key=request.session.session_key).first()
    return row is not None and row.device in Session.objects.living([row.device])
