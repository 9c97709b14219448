"""The rooms of people, as each of them sees them."""

from collections import defaultdict
from collections.abc import Iterable

from chat.models import Membership, Room
from chat.protocol.events import RoomState


def room_states(user_ids: Iterable[int]) -> dict[int, list[RoomState]]:
    """The rooms of each of these people, as that person sees them."""
    places = Membership.objects.filter(user_id__in=list(user_ids), active=True, room__archived=False)
    places = places.select_related("room").order_by("room_id")
    names = _names_in_direct_rooms({place.room_id for place in places if place.room.kind == Room.Kind.DIRECT})
    states: dict[int, list[RoomState]] = {user_id: [] for user_id in user_ids}
    for place in places:
        states[place.user_id].append(_room_state(place, names[place.room_id]))
    return states


def _room_state(place: Membership, names: list[tuple[int, str]]) -> RoomState:
    room = place.room
    name = _name_for(place.user_id, names) if room.kind == Room.Kind.DIRECT else room.name
    return RoomState(room.pk, room.kind, name, room.last_position, room.last_revision, place.read, place.notify)


def _name_for(user_id: int, names: list[tuple[int, str]]) -> str:
    """Of a direct room: the others' names, or where one is alone with one's notes, one's own."""
    others = [name for pk, name in names if pk != user_id]
    return ", ".join(others or [name for _pk, name in names])


def _names_in_direct_rooms(room_ids: set[int]) -> defaultdict[int, list[tuple[int, str]]]:
    names: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    if room_ids:
        # Nobody leaves them: who is not in any more has closed the account, and is named all the same.
        places = Membership.objects.filter(room_id__in=room_ids).select_related("user")
        for place in places.order_by("user_id"):
            names[place.room_id].append((place.user_id, place.user.name))
    return names
