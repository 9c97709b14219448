"""What people look like: changed by themselves, shown to all who are signed in."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chat.actions.portraits import remove_portrait, set_portrait
from chat.errors import BadPicture
from chat.forms import PortraitForm
from chat.models import Portrait, User
from chat.pictures import THUMBNAIL_TYPE
from chat.views.queries import LARGEST
from chat.views.waiting import is_too_often
from chat.views.who import person

_SIZES: Final = ("small", "large")
_YEAR_SECONDS: Final = 365 * 24 * 60 * 60


@require_POST
@never_cache
@login_required
def change(request: HttpRequest) -> HttpResponse:
    if is_too_often(request):
        return redirect("account")
    try:
        _change(person(request), PortraitForm(request.POST, request.FILES))
    except BadPicture:
        messages.error(request, _("This could not be read as a picture: take a PNG, JPEG, GIF, WebP or AVIF."))
    else:
        messages.success(request, _("Your picture is changed."))
    return redirect("account")


@require_POST
@never_cache
@login_required
def remove(request: HttpRequest) -> HttpResponse:
    if not is_too_often(request):
        remove_portrait(user=person(request))
        messages.success(request, _("Your picture is removed."))
    return redirect("account")


@require_safe
@login_required
def show(request: HttpRequest, user_id: int, version: str, size: str) -> HttpResponse:
    """Kept by this browser for as long as it likes: another picture has another address."""
    if size not in _SIZES or user_id > LARGEST:
        raise Http404
    found = Portrait.objects.filter(user_id=user_id).values_list(size, "user__picture").first()
    if found is None:
        raise Http404
    content, present = found
    response = HttpResponse(bytes(content), content_type=THUMBNAIL_TYPE)
    is_present = version == present  # a page that asks a moment late is shown the new one, and asks again
    response["Cache-Control"] = f"private, max-age={_YEAR_SECONDS}, immutable" if is_present else "no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _change(user: User, form: PortraitForm) -> None:
    if not form.is_valid():
        raise BadPicture
    with form.on_disk() as path:
        set_portrait(user=user, source=path)
