"""Hostile reports in Chromium: nothing runs, nothing is fetched, and the page keeps its shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import opened
from chromium import served
from playwright.sync_api import Browser
from test_hostile import ATTACKS, hostile

from lagebild.store import open_writer

#: Those of the attacks that aim at the browser.
KINDS = ["script", "handler", "attribute", "svg", "style", "entity", "override", "null", "surrogate", "long", "stacked"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs_and_the_page_keeps_its_shape(chrome: Browser, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "store.sqlite"
    # What would run says so in the window's name, whatever else it does.
    attack = ATTACKS[kind].replace("alert(1)", "(window.name='ran',alert(1))")
    with open_writer(path) as writer:
        writer.add(hostile(attack))
    with served(path) as site:
        for address in ("/dossier/ukraine", "/search?q=Ukraine", "report"):
            if address == "report":
                with opened(chrome, f"{site}/search?q=Ukraine") as (tab, _):
                    address = tab.locator(".hits h2 a").first.get_attribute("href") or ""
            with opened(chrome, site + address) as (tab, wrong):
                assert tab.locator("main h1").count() == 1
                assert tab.locator("footer").is_visible()
                assert tab.evaluate("document.documentElement.scrollWidth") <= 1280
                tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
                for link in tab.locator(".text a.m").all()[:2]:
                    link.hover()
                assert tab.evaluate("window.name") == ""
                assert wrong == [], (kind, address)


def test_an_address_that_runs_is_no_link(chrome: Browser, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with open_writer(path) as writer:
        writer.add(hostile("x"))  # its URL is javascript:x
    with served(path) as site, opened(chrome, f"{site}/report?id=id+x") as (tab, wrong):
        schemes = tab.evaluate("[...document.links].map((a) => a.protocol)")
        assert set(schemes) == {"http:"}
        assert wrong == []
