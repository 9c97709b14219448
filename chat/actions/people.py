"""Those whom somebody has chosen."""

from collections.abc import Collection

from chat import conf
from chat.errors import BadQuery, NotFound
from chat.models import User


def people_named(ids: Collection[int]) -> list[User]:
    """All of these people. Raises NotFound where one has no account, or one that is closed; BadQuery for too many."""
    if len(ids) > conf.INVITED_AT_ONCE:
        raise BadQuery(f"At most {conf.INVITED_AT_ONCE} people are expected.")
    found = list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))
    if len(found) < len(set(ids)):
        raise NotFound("There is no such person.")
    return found
