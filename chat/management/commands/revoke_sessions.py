"""Sign a person out everywhere."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.models import User
from chat.sessions.devices import end_all_devices


class Command(BaseCommand):
    help = "Signs a user out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", metavar="NAME", required=True)

    def handle(self, *_arguments: Any, user: str, **_options: Any) -> None:
        found = User.objects.filter(username=user).first()
        if found is None:
            raise CommandError(f"There is no user named {user}.")
        self.stdout.write(f"{user}: {end_all_devices(user=found)} signed out.")
