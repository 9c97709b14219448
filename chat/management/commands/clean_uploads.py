"""Remove the files that nobody has sent."""

from typing import Any

from django.core.management.base import BaseCommand

from chat.actions.cleaning import clean_uploads


class Command(BaseCommand):
    help = "Removes the files that were uploaded a day ago and never sent. The server does so by itself, once a day."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        self.stdout.write(f"{clean_uploads()} removed.")
