"""What is typed finds what is meant."""

import pytest

from chat.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("João", "joao"),
        ("JOA\u0303O", "joao"),
        ("  São \t Paulo\n", "sao paulo"),
        ("Łódź", "lodz"),
        ("Ærøskøbing", "aeroskobing"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Ёлка", "елка"),
        ("Άλφα", "αλφα"),
        ("שָׁלוֹם", "שלום"),
        ("東京", "東京"),
        ("ｱｲｳ", "アイウ"),
        ("한국", "한국"),
        ("ﬁne", "fine"),
        ("zero\u200bwidth", "zerowidth"),
        ("nul\0 and \ud800 surrogate", "nul and surrogate"),
        ("\u202e", ""),
    ],
)
def test_case_accents_and_width_make_no_difference(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("が", "ガ"), ("नमस्ते", "नमसत")])
def test_what_is_part_of_a_letter_is_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)
