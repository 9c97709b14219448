"""Edits and deletions: one's own only, through the room's next revision."""

from chat.actions.commit import commit
from chat.errors import Forbidden, NotAMember, NotFound
from chat.models import Message
from chat.tests.cast import Cast, commit_one, committed, fresh


def test_an_edit_takes_a_revision_and_no_position(cast: Cast) -> None:
    [posted] = committed(commit([cast.ana.post(cast.general)]))
    [edited] = committed(commit([cast.ana.edit(cast.general, 1, "**new**")]))
    message = Message.objects.get()
    assert (message.body, message.html) == ("**new**", "<p><strong>new</strong></p>")
    assert message.edited is not None
    assert (edited.position, message.revision) == (posted.position, edited.revision)
    assert edited.revision == fresh(cast.general).last_revision


def test_a_message_posted_edited_and_deleted_in_one_batch_ends_as_a_tombstone(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general), cast.ana.edit(cast.general, 1), cast.ana.delete(cast.general, 1)]))
    message = Message.objects.get()
    assert message.deleted
    assert message.revision == fresh(cast.general).last_revision


def test_a_deleted_message_keeps_its_place_and_nothing_else(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "secret"), cast.ana.delete(cast.general, 1)]))
    message = Message.objects.get()
    assert (message.position, message.body, message.html, message.deleted) == (1, "", "", True)


def test_a_tombstone_cannot_be_changed(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general), cast.ana.delete(cast.general, 1)]))
    outcomes = commit([cast.ana.edit(cast.general, 1), cast.ana.delete(cast.general, 1)])
    assert [type(outcome) for outcome in outcomes] == [NotFound, NotFound]


def test_only_the_author_changes_a_message(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.general, "mine")]))
    outcomes = commit([cast.bia.edit(cast.general, 1), cast.bia.delete(cast.general, 1)])
    assert [type(outcome) for outcome in outcomes] == [Forbidden, Forbidden]
    assert Message.objects.get().body == "mine"


def test_an_outsider_does_not_learn_whether_a_message_exists(cast: Cast) -> None:
    committed(commit([cast.ana.post(cast.garden)]))
    outcomes = commit([cast.caio.edit(cast.garden, 1), cast.caio.edit(cast.garden, 99)])
    assert [type(outcome) for outcome in outcomes] == [NotAMember, NotAMember]


def test_a_position_that_is_not_there_is_not_found(cast: Cast) -> None:
    assert isinstance(commit_one(cast.ana.edit(cast.general, 1)), NotFound)
