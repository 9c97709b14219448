"""How passwords are hashed."""

from django.contrib.auth import hashers


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    """Django's, as costly to whoever guesses, but in one thread.

    In eight, a few sign-ins at once would crowd the event loop, and with it all sockets, out of the processor.
    """

    parallelism = 1
