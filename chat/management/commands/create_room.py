"""Make a room."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat import conf
from chat.actions.rooms import create_room
from chat.models import Room, User


class Command(BaseCommand):
    help = "Makes a room and prints its id alone on the last line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--kind", metavar="open|closed", default=Room.Kind.OPEN)
        parser.add_argument("--member", metavar="NAME", action="append", default=[], help="may be given more than once")

    def handle(self, *_arguments: Any, name: str, kind: str, member: list[str], **_options: Any) -> None:
        if not name.strip() or len(name) > conf.ROOM_NAME_CHARACTERS or "\0" in name:
            raise CommandError(f"A room's name has 1 to {conf.ROOM_NAME_CHARACTERS} characters.")
        if kind not in (Room.Kind.OPEN, Room.Kind.CLOSED):
            raise CommandError(f"A room is open or closed, and cannot be made as {kind!r}.")
        members = list(User.objects.filter(username__in=member))
        missing = set(member) - {user.username for user in members}
        if missing:
            raise CommandError(f"There is no user named {', '.join(sorted(missing))}.")
        self.stdout.write(str(create_room(name=name, kind=kind, members=members).pk))
