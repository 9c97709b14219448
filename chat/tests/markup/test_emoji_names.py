"""What `:name:` means."""

import re

import pytest

from chat.markup.emoji import known_emoji
from chat.markup.emoji_names import emoji_by_name, emoji_names


@pytest.mark.parametrize(
    ("name", "emoji"),
    [
        ("tada", "🎉"),
        ("party_popper", "🎉"),
        ("cone_de_festa", "🎉"),
        ("+1", "👍"),
        ("coração_vermelho", "❤️"),
        ("Coracao_Vermelho", "❤️"),
        ("cat", "🐱"),  # as chats and code hosts have it, not as Unicode does
        ("turkey", "🦃"),
        ("peru", "🇵🇪"),
        ("brasil", None),
        ("bandeira_brasil", "🇧🇷"),
        ("ab_button_blood_type", "🆎"),
        ("", None),
        ("nothing of the kind", None),
    ],
)
def test_a_name_means_one_emoji(name: str, emoji: str | None) -> None:
    assert emoji_by_name(name) == emoji


@pytest.mark.parametrize("language", ["en", "pt"])
def test_every_name_on_offer_means_its_emoji_and_can_be_typed(language: str) -> None:
    for emoji, *names in emoji_names(language):
        assert known_emoji(emoji) == emoji
        assert names
        for name in names:
            assert emoji_by_name(name) == emoji
            assert re.fullmatch(r"[\w+-]+", name)


@pytest.mark.parametrize("language", ["en", "pt"])
def test_nothing_is_on_offer_twice(language: str) -> None:
    offered = [emoji for emoji, *_names in emoji_names(language)]
    assert len(set(offered)) == len(offered) > 1900


def test_flags_and_skin_tones_are_in_nobodys_way() -> None:
    offered = [emoji for emoji, *_names in emoji_names("en")]
    first_flag = offered.index("🇦🇨")
    assert all("\U0001f1e6" <= emoji[0] <= "\U0001f1ff" for emoji in offered[first_flag:])
    assert "👍" in offered
    assert "👍🏽" not in offered
