"""Which addresses mean one article, and which only look as if they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.intake.canonical import key, plain, report_id, stated

URL = "https://www.bote.example/politik/minsk-100.html"


@pytest.mark.parametrize(
    "other",
    ["http://www.bote.example/politik/minsk-100.html", "https://bote.example/politik/minsk-100.html",
     "https://m.bote.example/politik/minsk-100.html/", f"{URL}?utm_source=rss&utm_medium=feed", f"{URL}#comments",
     f"{URL}?at_medium=RSS&at_campaign=RSS", f"{URL}?wt_mc=rss.red&fbclid=abc", f"{URL}?xtor=AL-72",
     "https://WWW.Bote.example/politik//minsk-100.html", "https://www.bote.example:443/politik/minsk-100.html"],
)  # fmt: skip
def test_one_article(other: str) -> None:
    assert key(other) == key(URL) and report_id(other) == report_id(URL)


@pytest.mark.parametrize(
    "other",
    [f"{URL}?cid=4711", f"{URL}?id=2", f"{URL}?ref=2", f"{URL}?page=2", "https://www.bote.example/politik/minsk-101.html",
     "https://www.bote.example/Politik/minsk-100.html", "https://kurier.example/politik/minsk-100.html",
     "https://www.bote.example:8080/politik/minsk-100.html"],
)  # fmt: skip
def test_two_articles(other: str) -> None:
    assert key(other) != key(URL)


def test_the_order_of_parameters_makes_no_difference() -> None:
    assert key(f"{URL}?a=1&b=2") == key(f"{URL}?b=2&utm_x=1&a=1") != key(f"{URL}?a=2&b=1")
    assert plain(f"{URL}?b=2&utm_x=1&a=1#c") == f"{URL}?b=2&a=1"


@pytest.mark.parametrize(
    ("canonical", "found"),
    [
        ("https://bote.example/politik/minsk", "https://bote.example/politik/minsk"),
        ("/politik/minsk?utm_source=x", "https://www.bote.example/politik/minsk"),
        (None, URL), ("", URL),
        ("https://www.bote.example/", URL),  # every page of some sites states the front page
        ("https://other.example/politik/minsk", URL),  # nobody speaks for another site
        ("https://bote.example.evil.example/x", URL), ("https://bote.example@evil.example/x", URL),
        ("https://www.bote.example:8443/x", URL), ("javascript:alert(1)", URL), ("https://[broken/", URL),
    ],
)  # fmt: skip
def test_what_a_page_may_state(canonical: str | None, found: str) -> None:
    assert stated(f"{URL}?utm_source=rss", canonical) == found


@given(st.from_regex(r"https?://[a-z.]{1,12}(/[^\s]{0,30})?", fullmatch=True))
def test_any_address_has_a_key(url: str) -> None:
    try:
        plain(url)
    except ValueError:
        return
    assert key(plain(url)) == key(url)
