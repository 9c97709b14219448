"""Sign in, sign out, and who is signed in."""

from datetime import datetime

from django.contrib.auth.views import LoginView
from django.http import HttpRequest
from msgspec import Struct

from chat.protocol.events import Self
from chat.views.answers import json_path
from chat.views.who import own_session, person


class SignIn(LoginView):
    template_name = "sessions/login.html"
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs give it a parameter that it has not
        """Where `next` leads, on this site only; back to this very page it would lead round in a circle."""
        url = super().get_redirect_url()
        return "" if url.partition("?")[0] == self.request.path else url


class SessionState(Struct, frozen=True):
    user: Self
    expires: datetime


@json_path
def session(request: HttpRequest) -> SessionState:
    """A page whose socket was refused learns here whether it is signed out or the network is bad."""
    user = person(request)
    return SessionState(Self(user.pk, user.username, user.name), own_session(request).expire_date)
