"""Make ready, then become the server: what `make run` runs."""

import os
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from chat.management.collected import collect_changed
from chat.management.server import daphne_command, local_address, runserver_command, why_not
from chat.management.translations import compile_changed
from chat.sessions.setup import new_setup_link


class Command(BaseCommand):
    help = "Migrates, compiles translations, collects static files, and serves with daphne in the foreground."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reload", action="store_true", help="for development: start again when the code changes")

    def handle(self, *, reload: bool, **_options: object) -> None:
        if problem := why_not(settings.HOST, settings.PORT):
            raise CommandError(problem)
        self.say("Preparing the database")
        self.migrate()
        self.say("Preparing translations and static files")
        compile_changed(settings.LOCALE_PATHS)
        collect_changed()
        self.announce()
        connections.close_all()
        command = runserver_command if reload else daphne_command
        os.execv(sys.executable, [sys.executable, *command(settings.HOST, settings.PORT)])  # noqa: S606

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()  # this process is about to become another one

    def migrate(self) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as error:
            reason = " ".join(str(error).split())
            raise CommandError(
                f"The database of DATABASE_URL, {settings.DATABASE_SHOWN}, cannot be used: {reason}"
            ) from error

    def announce(self) -> None:
        addresses = settings.PUBLIC_ORIGINS or [local_address(settings.HOST, settings.PORT)]
        self.say(f"Serving on {' '.join(addresses)} (Ctrl-C stops)")
        if link := new_setup_link(addresses[0]):
            self.say(f"No one can sign in yet. Make the first administrator here, once: {link}")
