"""One's own account: the password, and the devices signed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chat.errors import SignedOut
from chat.forms import PasswordForm
from chat.models import Session
from chat.sessions.devices import devices_of, end_devices, end_other_devices
from chat.views.waiting import told_to_wait
from chat.views.who import own_session, person, still_signed_in


@method_decorator(never_cache, name="dispatch")
class Password(PasswordChangeView):
    """One's password. Every other device is signed out by the change."""

    template_name = "account/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("password")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        return told_to_wait(self.request, super().form_invalid(form))

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        user = form.save(commit=False)  # hashes the password, which takes long: nobody waits for a lock meanwhile
        # In one commit: whoever looks at the session in between would find that its password is not the one
        # that stands, and would sign out this browser too.
        with transaction.atomic():
            if not still_signed_in(self.request):
                return redirect("login")
            user.save(update_fields=["password"])
            update_session_auth_hash(self.request, user)
            self.request.session.save()
        messages.success(self.request, _("Your password is changed. All your other devices are signed out."))
        return redirect(self.get_success_url())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """What is signed in, each with a form that ends it."""
    try:
        own = own_session(request)
    except SignedOut:
        return redirect("login")
    if request.method == "POST":
        return _end(request, own)
    found = devices_of(person(request), first=own.device)
    return render(request, "account/devices.html", {"devices": found, "own": own})


def _end(request: HttpRequest, own: Session) -> HttpResponse:
    if "others" in request.POST:
        end_other_devices(user=person(request), kept=own.device)
        messages.success(request, _("All your other devices are signed out."))
        return redirect("devices")
    device = _device(request)
    if device == own.device:
        logout(request)
        return redirect("login")
    if device and end_devices(user=person(request), devices=[device]):
        messages.success(request, _("The device is signed out."))
    else:
        messages.info(request, _("That device was signed out already."))
    return redirect("devices")


def _device(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("device", ""))
    except ValueError:
        return None
