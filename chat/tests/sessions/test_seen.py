"""When a device was last seen."""

from datetime import timedelta

from django.utils import timezone

from chat import conf
from chat.models import Session
from chat.sessions.devices import mark_seen
from chat.tests.cast import Cast


def test_a_device_in_use_is_marked_now_and_then(cast: Cast) -> None:
    device = cast.ana.session.device
    rows = Session.objects.filter(device=device)
    lately = timezone.now() - timedelta(seconds=conf.SEEN_SECONDS / 2)
    rows.update(last_seen=lately)
    mark_seen([device])
    assert rows.get().last_seen == lately, "not a write for every look"
    rows.update(last_seen=lately - timedelta(days=1))
    mark_seen([device])
    assert rows.get().last_seen > lately
