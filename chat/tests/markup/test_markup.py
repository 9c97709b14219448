"""Markdown -> HTML that may stand in a page."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chat import conf
from chat.markup import render
from chat.markup.text import as_text


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("**bold** _italic_ ~~strike~~", "<p><strong>bold</strong> <em>italic</em> <s>strike</s></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("# not a heading", "<p># not a heading</p>"),
        ("well done :tada: :Coração_Vermelho: `:tada:`", "<p>well done 🎉 ❤️ <code>:tada:</code></p>"),
        ("at 10:30:45 std::tada::x :nothing: : :tada::+1:", "<p>at 10:30:45 std::tada::x :nothing: : 🎉👍</p>"),
        (r"\:tada: :tada\: \@ana", "<p>:tada: :tada: @ana</p>"),
        (
            "https://example.org",
            '<p><a href="https://example.org" rel="noopener nofollow ugc">https://example.org</a></p>',
        ),
    ],
)
def test_what_people_write_is_shown_as_they_mean_it(body: str, html: str) -> None:
    assert render(body) == html


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("see https://example.org/a_b_c.", ["https://example.org/a_b_c"]),
        ("(https://example.org/a_(b)), then", ["https://example.org/a_(b)"]),
        ("**https://example.org/x?a=1&b=2**", ["https://example.org/x?a=1&amp;b=2"]),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("www.example.org: or http://localhost:8000/", ["http://www.example.org", "http://localhost:8000/"]),
        ("ana.souza+chat@example.com.br,", ["mailto:ana.souza+chat@example.com.br"]),
        ("見て https://例え.jp/あ。", ["https://xn--r8jz45g.jp/%E3%81%82"]),
        (
            "[here](https://example.org) and [https://example.org](https://example.net)",
            ["https://example.org", "https://example.net"],
        ),
        (r"https\://example.org and ana\@example.org and https://example.org/a\_b", ["https://example.org/a_b"]),
        ("`https://example.org` and ftp://example.org and me@localhost and http://", []),
        ("mailto:ana@example.org?x javascript://example.org data:www.example.org", []),
    ],
)
def test_addresses_in_a_text_become_links(body: str, links: list[str]) -> None:
    assert re.findall(r'href="([^"]*)"', render(body)) == links


@pytest.mark.parametrize("body", ["", " ", "\n\n"])
def test_a_message_of_files_alone_has_no_html(body: str) -> None:
    assert render(body) == ""


@pytest.mark.parametrize("body", [">", "-", "*", "1.", "> >", "```", "```\n\n```", "~~~", "[](https:)", "`" * 500])
def test_signs_with_nothing_between_them_are_shown_as_they_are(body: str) -> None:
    assert as_text(render(body)) == body.replace("\n\n", "\n")


def test_a_body_too_long_to_be_marked_up_keeps_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conf, "HTML_BYTES", 20)
    assert render("**one** & two\nthree") == "<p>**one** &amp; two<br>\nthree</p>"


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "![x](https://example.org/tracker.png)",
        '[a](https://example.org "onmouseover=alert(1)")',
        "```<img src=x onerror=alert(1)>\n</code></pre><script>x</script>\n```",
        "<style>*{display:none}</style>",
        "<svg/onload=alert(1)>",
    ],
)
def test_markup_is_inert(body: str) -> None:
    html = render(body)
    for live in ("<script", "<img", "<svg", "<style", 'href="javascript', 'href="data', "<iframe"):
        assert live not in html.lower()


HOSTILE = [
    *("*_`", "> ", "[", "&", "<", "- \n", "`a", "[a](", "**a** ", "https://a.b ", "~~", "![[", "a.com", "@", "***"),
    *(
        "aftp://[",
        "http://([1. [",
        "](1. ftp://@- ",
        "ftp://",
        "[http://a_",
        "\u200bahttp://<",
        "xn--http://[",
        "www.xn--",
        "http://xn--a.",
        "XN--",
        "http://a/((((",
        "mailto:",
        "://",
    ),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_html_of_the_longest_body_is_bounded(unit: str) -> None:
    body = (unit * conf.BODY_CHARACTERS)[: conf.BODY_CHARACTERS]
    assert len(render(body).encode()) <= conf.HTML_BYTES


@given(st.text(max_size=300))
def test_any_text_renders(body: str) -> None:
    assert "<script" not in render(body)


@given(st.lists(st.sampled_from([*HOSTILE, "](", "]", "\n", " ", "\\", "é", "(", ")"]), min_size=50, max_size=500))
@settings(max_examples=40, deadline=None)
def test_no_mixture_takes_for_ever(parts: list[str]) -> None:
    """Some parsers take minutes for nested brackets with addresses in them; the time-out of the tests would end it."""
    assert len(render("".join(parts)[: conf.BODY_CHARACTERS]).encode()) <= conf.HTML_BYTES
