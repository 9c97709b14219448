"""Too many wrong passwords."""

from django.http import HttpRequest, HttpResponse

from chat.sessions.throttle import seconds_to_wait


def told_to_wait(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer to a form that is not valid; a 429 where no password is heard for now."""
    if wait := seconds_to_wait(request):
        response.status_code = 429
        response["Retry-After"] = str(wait)
    return response
