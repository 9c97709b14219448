"""How the list of devices calls them, and says when."""

from datetime import datetime, timedelta
from typing import Final

from django import template
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from ua_parser import parse_device, parse_os, parse_user_agent

register = template.Library()

# The library tells a browser's editions apart ("Chrome Mobile iOS"); the system stands beside it here anyhow.
_EDITIONS: Final = {"Mobile", "iOS"}
_SYSTEMS: Final = {"Mac OS X": "macOS", "Chrome OS": "ChromeOS"}  # as people call them


@register.filter
def browser(user_agent: str) -> str:
    """“Firefox on Linux”, or as much of that as the browser tells."""
    program = _program(user_agent) or _("Unknown browser")
    system = _system(user_agent)
    if not system:
        return program
    return _("%(browser)s on %(system)s") % {"browser": program, "system": system}


@register.filter
def ago(moment: datetime) -> str:
    """How long it is ago, roughly: whoever reads it may live in any time zone."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(moment, depth=1)}


def _program(user_agent: str) -> str:
    found = parse_user_agent(user_agent)
    return " ".join(word for word in found.family.split() if word not in _EDITIONS) if found else ""


def _system(user_agent: str) -> str:
    found = parse_os(user_agent)
    if found is None:
        return ""
    if found.family == "iOS" and (device := parse_device(user_agent)):
        return device.family  # an iPhone or an iPad
    return _SYSTEMS.get(found.family, found.family)
