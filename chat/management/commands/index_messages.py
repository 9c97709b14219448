"""Make all messages searchable."""

from typing import Any

from django.core.management.base import BaseCommand

from chat.actions.indexing import index_messages


class Command(BaseCommand):
    help = "Looks through all messages and mends what is out of line in the search index."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        self.stdout.write(f"{index_messages()} messages looked at.")
