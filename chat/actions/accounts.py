"""Make and end accounts."""

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from chat.actions.memberships import remove_members
from chat.actions.portraits import remove_portrait
from chat.actions.uncalling import uncall_everywhere
from chat.models import Room, User


def create_user(
    *, username: str, password: str, full_name: str = "", is_staff: bool = False, is_superuser: bool = False
) -> User:
    """Make an active account. Raises ValidationError for a name or a password that will not do."""
    user = User(username=username, full_name=full_name, is_staff=is_staff, is_superuser=is_superuser)
    user.set_password(password)
    user.full_clean()
    validate_password(password, user)
    with transaction.atomic():  # also the rooms that everyone is in
        user.save()
    return user


def anonymise(*, user: User) -> None:
    """End an account for good. Its messages stay, and those that call it, under a name that tells nothing; its sign-ins end.

    The account ends first: cut short after that, it can be done again. Its rooms have transactions of their own, as
    rooms are locked before people: whoever posts holds the room, and then asks for the author's row.
    """
    with transaction.atomic():
        user.username, user.full_name, user.email = f"deleted-{user.pk}", "Deleted account", ""
        user.is_active = user.is_staff = user.is_superuser = False
        user.language = user.theme = ""
        user.set_unusable_password()
        user.save()
        remove_portrait(user=user)
        user.sessions.all().delete()
    inside = Room.objects.filter(everyone=False, memberships__user=user, memberships__active=True)  # archived ones too
    for room in inside.order_by("pk"):
        remove_members(room=room, users=[user])
    uncall_everywhere(user=user)
