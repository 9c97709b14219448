import sqlite3

import django.db.models.deletion
from django.conf import settings
from django.db import NotSupportedError, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Without positions: hits are compared again, and so the index is a quarter as large.
TABLE = """
    CREATE VIRTUAL TABLE chat_searchindex
    USING fts5(spelled, content='', tokenize='trigram case_sensitive 1', detail='none')
"""
# Before the words stand the room and the author, three characters for private use each: a trigram that no text has.
ROOM = "char(57344 + {row}.room_id / 40960000, 57344 + {row}.room_id / 6400 % 6400, 57344 + {row}.room_id % 6400)"
AUTHOR = (
    "char(983040 + coalesce({row}.author_id, 0) / 4225000000, 983040 + coalesce({row}.author_id, 0) / 65000 % 65000,"
    " 983040 + coalesce({row}.author_id, 0) % 65000)"
)
ADD = f"INSERT INTO chat_searchindex (rowid, spelled) VALUES (new.message_id, {ROOM} || {AUTHOR} || new.spelled);"
REMOVE = (
    "INSERT INTO chat_searchindex (chat_searchindex, rowid, spelled)"
    f" VALUES ('delete', old.message_id, {ROOM} || {AUTHOR} || old.spelled);"
)
TRIGGERS = {
    "insert": ADD.format(row="new"),
    "delete": REMOVE.format(row="old"),
    "update": REMOVE.format(row="old") + ADD.format(row="new"),
}


def prepare_index(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", params=None)
        return
    if sqlite3.sqlite_version_info < (3, 35):
        raise NotSupportedError(f"SQLite {sqlite3.sqlite_version} is too old to be searched: 3.35 is needed")
    schema_editor.execute(TABLE, params=None)
    for event, then in TRIGGERS.items():
        trigger = f"CREATE TRIGGER chat_searchentry_{event} AFTER {event} ON chat_searchentry BEGIN {then} END"
        schema_editor.execute(trigger, params=None)


def drop_index(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE chat_searchindex")


class Migration(migrations.Migration):
    """Where messages are searched. On PostgreSQL the index follows when there is something in it."""

    dependencies = [("chat", "0011_fold_usernames")]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='chat.message')),
                ('moment', models.BigIntegerField()),
                ('words', models.TextField()),
                ('spelled', models.TextField()),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='chat.room')),
            ],
            options={
                'indexes': [models.Index(fields=['room', 'moment'], name='search_by_room'), models.Index(fields=['author', 'moment'], name='search_by_author')],
            },
        ),
        migrations.RunPython(prepare_index, drop_index),
    ]
