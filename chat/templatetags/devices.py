"""How a device is called in the list of devices."""

from typing import Final

from django import template
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


def _found(user_agent: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
