"""The pages in Chromium over the sample corpus: nothing goes wrong in them, they show the expected picture, and they serve
keyboards, dark rooms and narrow screens."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from browsing import PAGES, opened
from playwright.sync_api import Browser, Locator, Page, expect

from lagebild.model import Report

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from picture import SAMPLE, SANCTION_STATES, TOOK_PLACE, Place, Sample  # noqa: E402

DOSSIER = "/dossier/ukraine"


@pytest.fixture(scope="module")
def expected(sample: tuple[Report, ...]) -> Sample:
    """What a careful reader expects of the sample corpus, with the places of its words."""
    return Sample(sample, json.loads((SAMPLE / "expected.json").read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_a_word_on_the_console(
    chrome: Browser, address_of: Callable[[str], str], page: str
) -> None:
    with opened(chrome, address_of(page)) as (tab, wrong):
        expect(tab.locator("main h1")).to_be_visible()
        if page == "no such page":  # which the browser itself reports
            wrong = [line for line in wrong if "404" not in line]
        assert wrong == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_cut_off_or_lies_over_the_rim(
    chrome: Browser, address_of: Callable[[str], str], page: str, width: int
) -> None:
    view = {"width": width, "height": 700}
    with opened(chrome, address_of(page), viewport=view, color_scheme="dark", locale="de") as (tab, _):
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        # Text that is wider than its box and cut there.
        cut = tab.evaluate(
            """() => [...document.querySelectorAll("main *")].filter((e) => e.children.length === 0 && e.textContent.trim()
              && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === "hidden").map((e) => e.textContent)"""
        )
        assert cut == []


def test_dark_is_dark_and_light_is_light(site: str, chrome: Browser) -> None:
    told = {}
    for scheme in ("dark", "light"):
        with opened(chrome, site + DOSSIER, color_scheme=scheme) as (tab, _):
            colour = tab.evaluate("getComputedStyle(document.body).backgroundColor")
            told[scheme] = sum(int(part) for part in colour[4:-1].split(","))
    assert told["dark"] < 120 < 600 < told["light"]


# ----------------------------------------------------------------------------------------------- the picture


@dataclass(frozen=True)
class Line:
    """A line of the page: its state in words, and the findings to which its links lead."""

    state: str
    refs: frozenset[str]


def lines(page: Page | Locator, css: str) -> list[Line]:
    found = page.locator(css).evaluate_all(
        """lines => lines.map((e) => [e.querySelector(".state")?.lastChild.textContent ?? "",
          [...e.querySelectorAll("a[href^='/report'][href*='#']")].map((a) => a.getAttribute("href")),
          [...e.querySelectorAll("a[href*='/evidence?']")].map((a) => a.href)])"""
    )
    return [
        Line(state, frozenset(map(ref, hrefs)).union(*(behind(url) for url in more))) for state, hrefs, more in found
    ]


@cache
def behind(url: str) -> frozenset[str]:
    """The findings of the page with all the words behind a line, which its last link opens."""
    with urlopen(url) as answer:
        return frozenset(map(ref, map(unescape, re.findall(r'href="(/report[^"]*#[^"]*)"', answer.read().decode()))))


def ref(href: str) -> str:
    parts = urlsplit(href)
    return f"{parse_qs(parts.query)['id'][0]}#{parts.fragment}"


@pytest.fixture(scope="module")
def days(site: str, chrome: Browser, expected: Sample) -> Iterator[dict[str, Page]]:
    """The page of the dossier as of each of the three days."""
    with ExitStack() as stack:
        yield {day: stack.enter_context(opened(chrome, f"{site}{DOSSIER}?at={day}"))[0] for day in expected.days}


@pytest.fixture(scope="module")
def floors() -> dict[str, float]:
    """The picture's own floors. A page shows words that several reports of a publisher share once, so it may fall a little behind."""
    pinned = tomllib.loads((ROOT / "bench" / "floors.toml").read_text("utf-8"))["picture"]
    return {name: value - 8 for name, value in pinned.items()}


def within(refs: Iterable[str], places: list[Place], expected: Sample) -> int:
    """At how many of the places one of the findings stands, or one that is told by the same words: those are shown once."""
    shown = frozenset().union(*map(expected.told_alike, refs))
    return sum(any(expected.within(r, place) for r in shown) for place in places)


def test_the_days_show_the_expected_states_of_commitments(
    days: dict[str, Page], expected: Sample, floors: dict[str, float]
) -> None:
    right = total = 0
    for day, page in days.items():
        held = lines(page, "#commitments .board tbody tr, #contributions .sanctions tbody tr")
        for wanted in expected.expected["commitments"]:
            if wanted["states"][day] is None:
                continue
            total += 1
            places = [expected.place(m) for m in (*wanted["changes"], *wanted["mentions"])]
            told = [(within(line.refs, places, expected), line) for line in held]
            most = max(number for number, _ in told)
            best = [line for number, line in told if number == most > 0]
            shown = {SANCTION_STATES.get(line.state, line.state) for line in best}
            right += not shown.isdisjoint({wanted["states"][day], *wanted["also_right"].get(day, ())})
    assert 100 * right / total >= floors["commitments"], f"{right} of {total}"


def test_the_days_show_disputes_as_they_are_open(
    days: dict[str, Page], expected: Sample, floors: dict[str, float]
) -> None:
    right = total = 0
    numbers = []
    for day, page in days.items():
        shown = [[line.refs for line in lines(d, ".side")] for d in page.locator("#disputes .versus").all()]
        numbers.append(len(shown))
        for wanted in expected.expected["disputes"]:
            if day not in (wanted["open"] or ()):
                continue
            total += 1
            sides = [[expected.place(m) for m in side["mentions"]] for side in wanted["sides"]]
            right += any(both_sides(found, sides, expected) for found in shown)
    assert numbers[0] < numbers[-1]
    assert 100 * right / total >= floors["disputes_found"], f"{right} of {total}"


def both_sides(found: list[frozenset[str]], sides: list[list[Place]], expected: Sample) -> bool:
    held = [{n for n, places in enumerate(sides) if within(side, places, expected)} for side in found]
    return any(a != b and 0 in held[a] and 1 in held[b] for a in range(len(held)) for b in range(len(held)))


def test_the_days_show_the_agenda_and_what_came_of_it(
    days: dict[str, Page], expected: Sample, floors: dict[str, float]
) -> None:
    right = total = 0
    for day, page in days.items():
        items = lines(page, "#agenda .agenda > li")
        for wanted in expected.expected["agenda"]:
            if wanted["took_place"][day] is None:
                continue
            total += 1
            places = [expected.place(m) for m in wanted["mentions"]]
            shown = {TOOK_PLACE[item.state] for item in items if within(item.refs, places, expected)}
            right += wanted["took_place"][day] in shown
    assert 100 * right / total >= floors["agenda"], f"{right} of {total}"


def test_the_lists_of_each_day_are_whole(days: dict[str, Page], site: str) -> None:
    for day, page in days.items():
        with urlopen(f"{site}/api/v1/dossiers/ukraine/picture?at={day}") as answer:
            picture = json.load(answer)
        counts = {
            ".situation > li": len(picture["situation"]),
            "#commitments .board tbody tr": len(picture["commitments"]),
            "#disputes .versus": len(picture["disputes"]),
            "#ceasefires .ceasefire": len(picture["ceasefires"]),
            "#agenda .agenda > li": len(picture["agenda"]),
            "#contributions .contributions tbody tr": len(picture["contributions"]),
            "#contributions .sanctions tbody tr": len(picture["sanctions"]),
        }
        assert {css: page.locator(css).count() for css in counts} == counts
        expect(page.locator(".deck").first).to_contain_text(f"{len(picture['sources'])} reports")


def test_the_ceasefire_of_september_has_its_strip_of_days(days: dict[str, Page], expected: Sample) -> None:
    strip = days[expected.days[1]].locator(".ceasefire").filter(has_text="5 September 2014").first.locator("svg.ledger")
    expect(strip).to_be_visible()
    assert strip.locator(".day").count() >= 26  # 5 to 30 September
    labels = strip.locator("a").evaluate_all("cells => cells.map((a) => a.getAttribute('aria-label'))")
    assert any("violation" in label for label in labels)


# ------------------------------------------------------------------------------------------------- clicks


def test_from_a_commitment_to_its_sentence_in_two_clicks(site: str, chrome: Browser) -> None:
    with opened(chrome, f"{site}{DOSSIER}?at=2014-09-05") as (tab, wrong):
        line = tab.locator("#commitments .board tbody tr").first
        line.locator(".proof summary").click()
        words = line.locator(".proof q").first.inner_text()
        line.locator(".proof li a").first.click()
        tab.wait_for_url("**/report?*")
        lit = tab.locator(".text .lit")
        expect(lit.first).to_be_in_viewport()
        marked = "".join(tab.locator(".text .lit").all_inner_texts())
        assert words.strip("«»“”").split()[-1] in marked
        assert tab.locator(".finding.on").count() == 1
        assert wrong == []


def test_the_slider_goes_to_a_day_and_the_address_carries_it(site: str, chrome: Browser) -> None:
    with opened(chrome, f"{site}{DOSSIER}?at=2014-10-18") as (tab, wrong):
        before = tab.locator(".versus").count()
        tab.locator("#slider").focus()
        tab.keyboard.press("Home")
        tab.wait_for_url("**at=2014-08-13*")
        expect(tab.locator(".deck").first).to_contain_text("13 August 2014")
        assert tab.locator(".versus").count() < before
        tab.go_back()
        expect(tab.locator(".deck").first).to_contain_text("18 October 2014")
        assert wrong == []


def test_a_marked_word_says_what_was_understood_on_hover_and_on_focus(site: str, chrome: Browser) -> None:
    with opened(chrome, site + PAGES["report"]) as (tab, wrong):
        word = tab.locator(".text a.m").first
        word.hover()
        expect(tab.locator(".pop")).to_be_visible()
        tab.mouse.move(0, 0)
        expect(tab.locator(".pop")).to_have_count(0)
        word.focus()
        expect(tab.locator(".pop")).to_be_visible()
        tab.keyboard.press("Escape")
        expect(tab.locator(".pop")).to_have_count(0)
        assert wrong == []


def test_a_finding_opens_on_tap(site: str, chrome: Browser) -> None:
    view = {"width": 390, "height": 780}
    with opened(chrome, site + PAGES["report"], viewport=view, has_touch=True, is_mobile=True) as (tab, wrong):
        word = tab.locator(".text a.m").nth(1)
        word.tap()
        expect(tab.locator(".pop, .finding.on").first).to_be_visible()
        assert wrong == []


def test_with_the_keyboard_alone_from_the_overview_to_the_words_of_a_report(site: str, chrome: Browser) -> None:
    with opened(chrome, site) as (tab, wrong):

        def tab_to(css: str, most: int = 400) -> None:
            for _ in range(most):
                tab.keyboard.press("Tab")
                if tab.evaluate("(css) => document.activeElement.matches(css)", css):
                    # Whoever has only a keyboard must see where they are.
                    style = tab.evaluate(
                        """() => {
                          const style = getComputedStyle(document.activeElement);
                          return [style.outlineStyle, parseFloat(style.outlineWidth)];
                        }"""
                    )
                    assert style[0] != "none" and style[1] >= 1, css
                    return
            raise AssertionError(f"{css} is not reached")

        tab_to(".skip")
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "main"
        tab_to(".card h2 a")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"**{DOSSIER}*")
        tab_to(".parts a[href='#commitments']")
        tab.keyboard.press("Enter")
        tab_to("#commitments .proof summary")
        tab.keyboard.press("Enter")
        tab_to("#commitments .proof details[open] li a")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/report?*")
        tab_to(".text a.m")
        expect(tab.locator(".pop")).to_be_visible()
        assert wrong == []


def test_the_search_is_used_from_any_page(site: str, chrome: Browser) -> None:
    with opened(chrome, site + DOSSIER) as (tab, wrong):
        tab.locator(".find input").fill("Waffenruhe")
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/search?q=Waffenruhe")
        tab.locator(".hits h2 a").first.click()
        expect(tab.locator("article.report")).to_contain_text("Waffenruhe")
        assert wrong == []


def test_the_language_is_changed_and_kept(site: str, chrome: Browser) -> None:
    with opened(chrome, f"{site}{DOSSIER}?at=2014-09-05") as (tab, wrong):
        tab.locator(".tongue").click()
        expect(tab.locator("html")).to_have_attribute("lang", "de")
        expect(tab.locator(".deck").first).to_contain_text("5. September 2014")
        tab.goto(site)
        expect(tab.locator("html")).to_have_attribute("lang", "de")
        assert wrong == []


def test_everything_is_there_without_scripts(site: str, chrome: Browser) -> None:
    with opened(chrome, f"{site}{DOSSIER}?at=2014-09-05", java_script_enabled=False) as (tab, _):
        tab.locator("#commitments .proof summary").first.click()
        tab.locator("#commitments .proof li a").first.click()
        expect(tab.locator(".finding:target")).to_be_visible()


def test_the_board_of_commitments_prints_with_columns_that_can_be_read(site: str, chrome: Browser) -> None:
    with opened(chrome, f"{site}{DOSSIER}?at=2014-10-18", viewport={"width": 690, "height": 1000}, locale="de") as (
        tab,
        _,
    ):
        tab.emulate_media(media="print")
        widths = tab.locator("#commitments .board tbody td").evaluate_all(
            "cells => cells.filter((e) => e.offsetWidth).map((e) => [e.offsetWidth, e.scrollWidth])"
        )
        assert min(width for width, _ in widths) > 80
        assert all(inner <= width + 1 for width, inner in widths)


def test_a_narrow_screen_has_a_map_whose_words_can_be_read(site: str, chrome: Browser) -> None:
    for width, shown in ((360, ".small"), (1280, ".large")):
        with opened(chrome, site + DOSSIER, viewport={"width": width, "height": 800}) as (tab, _):
            drawing = tab.locator(f"#map svg.map{shown}")
            expect(drawing).to_be_visible()
            tall = drawing.locator(".name").first.evaluate("(e) => e.getBoundingClientRect().height")
            assert tall >= 11
            assert tab.locator("#map svg.map:visible").count() == 1


def test_the_timeline_is_read_on_any_screen(site: str, chrome: Browser) -> None:
    for width in (360, 1280):
        with opened(chrome, f"{site}{DOSSIER}?at=2014-10-18", viewport={"width": width, "height": 800}) as (tab, wrong):
            piece = tab.locator("#timeline svg.timeline a:has(.piece.good)").first
            piece.click()
            tab.wait_for_url("**/report?*")
            expect(tab.locator(".text .lit").first).to_be_in_viewport()
            assert wrong == []


def test_a_report_opened_by_a_slow_machine_shows_the_word_of_its_finding(site: str, chrome: Browser) -> None:
    with opened(chrome, f"{site}{DOSSIER}?at=2014-10-18") as (tab, _):
        report = tab.locator("#timeline svg.timeline a:has(.piece.good)").first.get_attribute("href")
    for rate in (1, 4, 20):
        with opened(chrome, site) as (tab, wrong):
            tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": rate})
            tab.goto(f"{site}{report}")
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(300)
            expect(tab.locator(".text .lit").first).to_be_in_viewport()
            assert wrong == []
