"""axe-core finds no violation of WCAG 2.2 A or AA on any page: light and dark, wide and narrow, German and English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import PAGES, opened
from playwright.sync_api import Browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
VIEWS = {
    "light, wide, English": {},
    "dark, narrow, German": {"color_scheme": "dark", "locale": "de", "viewport": {"width": 360, "height": 740}},
}


@pytest.mark.parametrize("view", VIEWS)
# The dossier of the last day has the parts of the dossier of a day in longer lists, which only take axe longer.
@pytest.mark.parametrize("page", [name for name in PAGES if name != "dossier"])
def test_no_violation_of_wcag(chrome: Browser, address_of: Callable[[str], str], page: str, view: str) -> None:
    with opened(chrome, address_of(page), **VIEWS[view]) as (tab, _):
        # What is folded away must be sound as well.
        tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations", "passes"]}
        found = Axe().run(tab, options=options).response
        assert len(found["passes"]) > 10
        wrong = [(v["id"], n["html"][:200], n["failureSummary"][:300]) for v in found["violations"] for n in v["nodes"]]
        assert wrong == []
