"""Of what one wants to hear."""

from django.db import transaction

from chat.errors import NotAMember
from chat.models import Membership, User
from chat.relay.publisher import publish_to_people
from chat.relay.rings import RoomsChanged


def set_notify(*, by: User, room_id: int, level: str) -> None:
    """It takes no revision: it concerns that person alone. Raises NotAMember."""
    with transaction.atomic():
        place = Membership.objects.filter(room=room_id, user=by, active=True, room__archived=False)
        if not place.update(notify=level):
            raise NotAMember
        publish_to_people(RoomsChanged(users=[by.pk]))
