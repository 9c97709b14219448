"""Come into a room and leave it, and bring others in and take them out: as people do, by the rules of `standing.py`."""

from collections.abc import Collection

from django.db import transaction

from chat.actions.memberships import add_at_once, remove_members
from chat.actions.people import people_named
from chat.actions.standing import standing_locked
from chat.models import User


def join_room(*, by: User, room_id: int) -> None:
    """Again does no harm. Raises NotAMember or Forbidden."""
    with transaction.atomic():
        before = standing_locked(user=by, room_id=room_id)
        if before.is_member and not before.room.archived:
            return
        before.must("join")
        add_at_once(room=before.room, users=[by])


def leave_room(*, by: User, room_id: int) -> None:
    """Raises NotAMember or Forbidden."""
    with transaction.atomic():
        before = standing_locked(user=by, room_id=room_id)
        before.must("leave")
        remove_members(room=before.room, users=[by])


def invite(*, by: User, room_id: int, user_ids: Collection[int]) -> None:
    """Those who are in already stay as they are. Raises NotAMember, Forbidden, NotFound or BadQuery."""
    people = people_named(user_ids)
    with transaction.atomic():
        before = standing_locked(user=by, room_id=room_id)
        before.must("invite")
        add_at_once(room=before.room, users=people)


def take_out(*, by: User, room_id: int, user_id: int) -> None:
    """Who is not in is out already. Raises NotAMember or Forbidden."""
    with transaction.atomic():
        before = standing_locked(user=by, room_id=room_id)
        before.must("remove")
        remove_members(room=before.room, users=User.objects.filter(pk=user_id))
