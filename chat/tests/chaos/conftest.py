"""The same parts as the other tests that start servers have."""

from chat.tests.process.conftest import join, pair

__all__ = ["join", "pair"]
