"""What is stored. Nothing here knows of a request, a socket or the wire."""

from chat.models.attachment import Attachment
from chat.models.failed_sign_in import FailedSignIn
from chat.models.installation import Installation
from chat.models.membership import Membership
from chat.models.mention import Mention
from chat.models.message import Message
from chat.models.portrait import Portrait
from chat.models.room import Room
from chat.models.search_entry import SearchEntry
from chat.models.session import Session
from chat.models.user import User

__all__ = [
    "Attachment",
    "FailedSignIn",
    "Installation",
    "Membership",
    "Mention",
    "Message",
    "Portrait",
    "Room",
    "SearchEntry",
    "Session",
    "User",
]
