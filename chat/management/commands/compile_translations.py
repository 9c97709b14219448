"""Compile the translations that changed."""

from django.conf import settings
from django.core.management.base import BaseCommand

from chat.management.translations import compile_changed


class Command(BaseCommand):
    help = "Compiles each locale/*/LC_MESSAGES/*.po whose .mo is missing or older."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        for path in compile_changed(settings.LOCALE_PATHS):
            self.stdout.write(str(path))
