"""What one reads in the HTML of a message."""

import pytest

from chat.markup import render
from chat.markup.text import as_text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("**bo**ld and `code`", "bold and code"),
        ("one\n\ntwo\nthree", "one\ntwo\nthree"),
        ("- a\n- b", "a\nb"),
        ("[the plans](https://example.org)", "the plans"),
        ('<b> & &amp; "x"', '<b> & & "x"'),
        ("```python\nx = 1 < 2\n```", "x = 1 < 2"),
        ("> said", "said"),
    ],
)
def test_markdown_is_read_without_its_signs(body: str, text: str) -> None:
    assert as_text(render(body)) == text
