"""Django's admin. What it changes of the chat it changes by the same actions as everybody."""

from django.conf import settings
from django.contrib import admin

from chat.admin.failed_sign_ins import FailedSignInAdmin
from chat.admin.memberships import MembershipAdmin
from chat.admin.messages import MessageAdmin
from chat.admin.rooms import RoomAdmin
from chat.admin.sessions import SessionAdmin
from chat.admin.users import UserAdmin

admin.site.site_header = admin.site.site_title = settings.SITE_NAME

__all__ = ["FailedSignInAdmin", "MembershipAdmin", "MessageAdmin", "RoomAdmin", "SessionAdmin", "UserAdmin"]
