"""The first administrator, by a link that works once."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from chat.actions.accounts import create_user
from chat.forms import SetupForm
from chat.models import User
from chat.sessions.setup import opens_setup, spend


class LinkSpent(Exception):
    """Somebody else was quicker."""


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def setup(request: HttpRequest, token: str) -> HttpResponse:
    response = _setup(request, token)
    # The address is the secret: no request may carry it on. With no-referrer browsers would send the form
    # with `Origin: null`, which the CSRF check refuses.
    response["Referrer-Policy"] = "strict-origin"
    return response


def _setup(request: HttpRequest, token: str) -> HttpResponse:
    if not opens_setup(token):
        return _over(request)
    form = SetupForm(request.POST or None)
    if form.is_valid():
        try:
            _make_and_sign_in(request, token, form)
        except LinkSpent:
            return _over(request)
        except ValidationError as error:
            form.take(error)
        else:
            return redirect("home")
    return render(request, "sessions/setup.html", {"form": form})


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "sessions/setup_over.html", status=404)


@transaction.atomic()
def _make_and_sign_in(request: HttpRequest, token: str, form: SetupForm) -> None:
    """All or nothing: a link whose page failed still works."""
    user = _first_administrator(token, form)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    request.session.save()


def _first_administrator(token: str, form: SetupForm) -> User:
    """In one transaction: what is wrong with the name or the password leaves the link unspent."""
    with transaction.atomic():
        if not spend(token):
            raise LinkSpent
        return create_user(
            username=form.cleaned_data["username"],
            full_name=form.cleaned_data["full_name"],
            password=form.cleaned_data["password1"],
            is_staff=True,
            is_superuser=True,
        )
