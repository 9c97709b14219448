"""Files: taken in, and given to those who are in their room."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import parse_header_parameters
from django.views.decorators.http import require_safe

from chat.actions.changes import Actor
from chat.actions.files import admit_file, discard_file, keep_file
from chat.errors import BadQuery
from chat.files.names import safe_name
from chat.files.store import place_of, thumbnail_of
from chat.files.upload import Upload
from chat.models import Attachment
from chat.pictures import THUMBNAIL_TYPE
from chat.protocol.attachments import AttachmentState, attachment_state
from chat.views.answers import json_change
from chat.views.queries import room_number
from chat.views.serving import serve
from chat.views.who import own_session, person


@json_change
def upload(request: HttpRequest, room_id: str) -> AttachmentState | None:
    """Asked twice about each file: see `Upload`."""
    session = own_session(request)
    actor = Actor(person(request).pk, session.device)
    room, name = room_number(room_id), _name(request)
    coming: Upload = request.scope["upload"]  # type: ignore[attr-defined]  # an ASGI request
    if (arrived := coming.arrived) is not None:
        return attachment_state(keep_file(actor=actor, room_id=room, name=name, arrived=arrived))
    admit_file(actor=actor, room_id=room, name=name, size=coming.announced or 0)
    coming.person = actor.user_id
    return None


@json_change
def discard(request: HttpRequest, file_id: UUID) -> None:
    discard_file(actor=Actor(person(request).pk, own_session(request).device), file_id=file_id)


@require_safe
@login_required
def content(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    file = _visible(request, file_id)
    shown_as = file.type if file.is_picture else None
    return serve(request, place_of(file.pk), etag=f'"{file.pk.hex}"', name=file.name, shown_as=shown_as)


@require_safe
@login_required
def thumbnail(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    file = _visible(request, file_id)
    if not file.is_picture:
        raise Http404
    etag = f'"{file.pk.hex}-thumbnail"'
    return serve(request, thumbnail_of(file.pk), etag=etag, name=f"{file.name}.webp", shown_as=THUMBNAIL_TYPE)


def _visible(request: HttpRequest, file_id: UUID) -> Attachment:
    found = Attachment.objects.visible_to(person(request)).filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def _name(request: HttpRequest) -> str:
    """As `Content-Disposition: attachment; filename*=UTF-8''caf%C3%A9.png` tells it (RFC 6266). Raises BadQuery."""
    try:
        _kind, parameters = parse_header_parameters(request.headers.get("Content-Disposition", ""))
    except ValueError as error:
        raise BadQuery(f"Content-Disposition: {error}") from None
    if not parameters.get("filename"):
        raise BadQuery("Content-Disposition: a filename is expected")
    return safe_name(parameters["filename"])
