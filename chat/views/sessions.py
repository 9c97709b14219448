"""Sign in, sign out, and who is signed in."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from msgspec import Struct

from chat.forms import SignInForm
from chat.models import Room
from chat.protocol.events import Self
from chat.sessions.browsers import remember_browser
from chat.sessions.throttle import counted_name
from chat.views.answers import json_path
from chat.views.waiting import told_to_wait
from chat.views.who import own_session, person


class SignIn(LoginView):
    template_name = "sessions/login.html"
    form_class = SignInForm

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Who is signed in has nothing to do here. But a form that is sent, somebody else's too, is heard."""
        if request.user.is_authenticated:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        # In one commit, the session's data as well: an answer that fails brings no cookie, so nothing may be left of it,
        # and whoever was signed in here before still is.
        with transaction.atomic():
            response = super().form_valid(form)
            self.request.session.save()
        remember_browser(self.request, response, counted_name(form.get_user().get_username()))
        return response

    def get_success_url(self) -> str:
        """Not to the room of whoever was signed in here before: for another person it is not there."""
        url = super().get_success_url()
        return reverse("home") if self._is_closed(urlsplit(url).path) else url

    def _is_closed(self, path: str) -> bool:
        try:
            match = resolve(path)
        except Resolver404:
            return False
        seen = Room.objects.seen_by(person(self.request)).filter(archived=False)
        return match.url_name == "room" and not seen.filter(pk=match.kwargs["room_id"]).exists()

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return told_to_wait(self.request, super().form_invalid(form))

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs give it a parameter that it has not
        """Where `next` leads, on this site only; back to this very page it would lead round in a circle."""
        url = super().get_redirect_url()
        return "" if url.partition("?")[0] == self.request.path else url


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration has no sign-in of its own, where passwords could be tried without a limit."""
    if admin.site.has_permission(request):
        return redirect("admin:index")
    if request.user.is_authenticated:  # signing in would lead back here
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


class SessionState(Struct, frozen=True):
    user: Self
    expires: datetime


@json_path
def session(request: HttpRequest) -> SessionState:
    """A page whose socket was refused learns here whether it is signed out or the network is bad."""
    user = person(request)
    return SessionState(Self(user.pk, user.username, user.name), own_session(request).expire_date)
