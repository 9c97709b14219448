"""A great deal published at once goes in parts, in order."""

import pytest

from chat import conf
from chat.relay import publisher
from chat.relay.publisher import publish_events
from chat.relay.rings import Event, RoomEvents


@pytest.mark.django_db(transaction=True)
def test_a_large_batch_is_published_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[RoomEvents] = []
    monkeypatch.setattr(publisher, "outlet", lambda _group, ring: sent.append(ring))
    half = "x" * (conf.PUBLISH_CHARACTERS // 2)
    publish_events(RoomEvents(7, [Event(revision, half) for revision in range(1, 6)]))
    assert [[event.revision for event in ring.events] for ring in sent] == [[1, 2], [3, 4], [5]]


@pytest.mark.django_db(transaction=True)
def test_an_event_over_the_size_goes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[RoomEvents] = []
    monkeypatch.setattr(publisher, "outlet", lambda _group, ring: sent.append(ring))
    publish_events(RoomEvents(7, [Event(1, "x" * 2 * conf.PUBLISH_CHARACTERS), Event(2, "y")]))
    assert [len(ring.events) for ring in sent] == [1, 1]
