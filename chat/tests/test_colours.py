"""Colours in which text is written can be read: WCAG's AA on the ground they stand on, in light and in dark."""

import re

import pytest

from chat.tests.services.environment import PROJECT

TOKENS = (PROJECT / "chat/static/chat/css/tokens.css").read_text()
CODE = (PROJECT / "chat/static/chat/css/code.css").read_text()
AA = 4.5


def colour(name: str, theme: int) -> str:
    """What a token is in a theme, 0: light, 1: dark."""
    (value,) = re.findall(rf"--{name}: ([^;]+);", TOKENS)
    if value.startswith("var("):
        return colour(value[6:-1], theme)
    shades: list[str] = re.findall(r"#[0-9a-f]{6}", value)
    return shades[theme]


def luminance(shade: str) -> float:
    parts = [int(shade[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("name", sorted(set(re.findall(r"var\(--([\w-]+)\)", CODE))))
def test_code_can_be_read_in_every_colour(name: str, theme: int) -> None:
    assert contrast(colour(name, theme), colour("surface-side", theme)) >= AA


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(("text", "ground"), [("accent-strong", "accent-wash"), ("warning-text", "warning-wash")])
def test_a_call_can_be_read(text: str, ground: str, theme: int) -> None:
    assert contrast(colour(text, theme), colour(ground, theme)) >= AA


def test_it_measures_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
