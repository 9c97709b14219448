"""How the list of devices calls them, and says when."""

from datetime import datetime, timedelta
from typing import Final

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

register = template.Library()

# The first sign that is found counts: most browsers also claim to be another one, which comes later here.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str) -> str:
    """“Firefox on Linux”, or as much of that as the browser tells."""
    program = _found(user_agent, _BROWSERS) or _("Unknown browser")
    system = _found(user_agent, _SYSTEMS)
    if not system:
        return program
    return _("%(browser)s on %(system)s") % {"browser": program, "system": system}


@register.filter
def ago(moment: datetime) -> str:
    """How long it is ago, roughly: whoever reads it may live in any time zone."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


def _found(user_agent: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
