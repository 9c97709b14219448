"""Make an account."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.actions.accounts import create_user


class Command(BaseCommand):
    help = "Makes an active user, in the rooms that everyone is in. The password is read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAME")
        # Required, so that nobody expects to be asked: an argument would be seen by all of the machine.
        parser.add_argument("--password-stdin", action="store_true", required=True, help="read the password's one line")
        parser.add_argument("--full-name", default="", help="the name that others see")
        parser.add_argument("--staff", action="store_true", help="may open the administration")

    def handle(self, *_arguments: Any, username: str, full_name: str, staff: bool, **_options: Any) -> None:
        password = sys.stdin.readline().rstrip("\r\n")
        try:
            create_user(username=username, password=password, full_name=full_name, is_staff=staff)
        except ValidationError as error:
            raise CommandError(f"{username} was not made: {' '.join(error.messages)}") from None
        self.stdout.write(f"{username} was made.")
