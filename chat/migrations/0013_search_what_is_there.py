from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chat.models.search_entry import moment, text_of
from chat.search.words import searchable, spelled

ROWS = 1_000


def add_entries(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each chunk in a transaction of its own. Cut short, it is done again from the beginning, and adds what is missing."""
    model = apps.get_model("chat", "SearchEntry")
    messages = apps.get_model("chat", "Message").objects.filter(deleted=False)
    last = 0
    while chunk := list(messages.filter(pk__gt=last).order_by("pk")[:ROWS]):
        model.objects.bulk_create([entry(model, message) for message in chunk], ignore_conflicts=True)
        last = chunk[-1].pk


def entry(model: Any, message: Any) -> Any:
    words = searchable(text_of(message))
    return model(
        message_id=message.pk,
        room_id=message.room_id,
        author_id=message.author_id,
        moment=moment(message.created, message.pk),
        words=words,
        spelled=spelled(words),
    )


def index_on_postgres(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX IF NOT EXISTS search_by_trigram ON chat_searchentry USING gin (spelled gin_trgm_ops)"
            " WITH (gin_pending_list_limit = 256)"  # KiB: whoever fills the list has to empty it, and others wait for the room
        )


def drop_on_postgres(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_by_trigram")


class Migration(migrations.Migration):
    """The messages that are there already can be found."""

    atomic = False
    dependencies = [("chat", "0012_search_entry")]

    operations = [
        migrations.RunPython(add_entries, migrations.RunPython.noop),
        migrations.RunPython(index_on_postgres, drop_on_postgres),
    ]
