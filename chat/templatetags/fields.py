"""A form's field with all that belongs to it."""

from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()


@register.inclusion_tag("forms/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    return {"field": bound, "widget": bound.as_widget(attrs={"class": "field__input"})}
