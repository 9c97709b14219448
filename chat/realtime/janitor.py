"""The server's own housekeeping."""

import asyncio
import logging

from django.db import Error as DatabaseFailure

from chat import conf
from chat.actions.cleaning import clean_if_due
from chat.threads import in_janitor

logger = logging.getLogger(__name__)


async def keep_uploads_clean() -> None:
    """Each process looks now and then whether it is time; the database says which of them does it."""
    while True:
        await asyncio.sleep(conf.CLEAN_LOOK_SECONDS)
        try:
            await in_janitor(clean_if_due)
        except (DatabaseFailure, OSError) as error:  # the next time tries again
            logger.warning("uploads could not be cleaned: %s", type(error).__name__)
