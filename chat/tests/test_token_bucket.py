"""Whoever waits as long as they are told to is served."""

import pytest

from chat.errors import RateLimited
from chat.token_bucket import TokenBucket


@pytest.mark.parametrize("rate", [0.3, 100, 7_000])
def test_the_wait_is_never_rounded_down(rate: float) -> None:
    now = 0.0
    bucket = TokenBucket(burst=1, rate=rate, clock=lambda: now)
    bucket.take(1)
    with pytest.raises(RateLimited) as refused:
        bucket.take(1)
    now = refused.value.retry_after
    assert now > 0
    bucket.take(1)
