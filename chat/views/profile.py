"""One's own account: how one is shown, and how one is shown the pages."""

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chat.actions.profiles import save_profile
from chat.forms import ProfileForm
from chat.models import User
from chat.views.appearance import language_of
from chat.views.cards import card
from chat.views.waiting import is_too_often
from chat.views.who import person


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = person(request)
    now = {"full_name": user.full_name, "language": user.language, "theme": user.theme}
    form = ProfileForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        _save(request, user, form)
        return redirect("account")
    return render(request, "account/profile.html", {"form": form, "card": msgspec.to_builtins(card(user))})


def _save(request: HttpRequest, user: User, form: ProfileForm) -> None:
    if is_too_often(request):
        return
    stored = save_profile(user=user, **form.cleaned_data)
    with translation.override(language_of(stored, request)):
        messages.success(request, _("Your account is changed."))
