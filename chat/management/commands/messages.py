"""Collect the texts to translate: what `make messages` runs."""

from django.conf import settings
from django.core.management.base import BaseCommand

from chat.management.catalogue import update
from chat.management.translations import sources


class Command(BaseCommand):
    help = "Brings each locale/*/LC_MESSAGES/*.po up to date with the code and the templates."

    def handle(self, **_options: object) -> None:
        for source in sources(settings.LOCALE_PATHS):
            update(source, settings.BASE_DIR)
            self.stdout.write(str(source))
