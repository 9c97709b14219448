"""Actions of the admin that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import Promise


def ask_first(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    question: str | Promise,
    then: Callable[[list[Model]], None],
) -> TemplateResponse | None:
    """Show what was chosen and ask; `then` is called with it once the answer is yes."""
    chosen = list(queryset)
    if "confirmed" in request.POST:
        then(chosen)
        for one in chosen:
            model_admin.log_change(request, one, str(question))
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": question,
        "opts": model_admin.opts,
        "chosen": chosen,
        "action": request.POST["action"],
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/chat/ask_first.html", context)
