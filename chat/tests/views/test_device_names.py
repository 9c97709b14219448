from datetime import timedelta

import pytest
from django.utils import timezone

from chat.templatetags.devices import ago, browser

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT}"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Ubuntu"),
        ("Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0", "Firefox on Android"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/150.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {BLINK} Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 16093.0.0) {BLINK} Chrome/150.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {BLINK} Chrome/150.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (
            f"Mozilla/5.0 (Linux; Android 16) {BLINK} SamsungBrowser/30.0 Chrome/150.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/26.0 Safari/605.1.15", "Safari on macOS"),
        (f"{IPHONE} Version/26.0 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        (f"{IPHONE} CriOS/150.0.0.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
        (f"{IPHONE} FxiOS/150.0 Mobile/15E148 Safari/604.1", "Firefox on iPhone"),
        (
            f"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) {WEBKIT} Version/26.0 Mobile/15E148 Safari/604.1",
            "Safari on iPad",
        ),
        ("curl/8.0", "curl"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "Unknown browser on Linux"),
        ("Something/1.0", "Unknown browser"),
        ("", "Unknown browser"),
        ("é\0\u202e<b>" * 80, "Unknown browser"),
    ],
)
def test_a_device_is_called_by_its_browser_and_system(user_agent: str, name: str) -> None:
    assert browser(user_agent) == name


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=5, seconds=1), "5\xa0minutes ago"),
        (timedelta(days=3, hours=4), "3\xa0days ago"),
    ],
)
def test_when_is_said_roughly(passed: timedelta, said: str) -> None:
    assert ago(timezone.now() - passed) == said
