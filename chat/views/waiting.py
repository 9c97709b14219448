"""What comes too often: wrong passwords, and changes of the own account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from chat.errors import RateLimited
from chat.sessions.throttle import seconds_to_wait
from chat.views.rates import may_change
from chat.views.who import person


def told_to_wait(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a form that is not valid; a 429 where no password is heard for now."""
    if wait := seconds_to_wait(request):
        response.status_code = 429
        response["Retry-After"] = str(wait)
    return response


def is_too_often(request: HttpRequest) -> bool:
    """Count one more change of the own account, of which all pages that show the person hear; the next page says if it was
    one too many."""
    try:
        may_change(person(request))
    except RateLimited:
        messages.error(request, _("That was too often. Please try again in a moment."))
        return True
    return False
