"""The map: outlines cut to the window, names of countries, marks that lie wholly inside, places in the language of the page."""

from __future__ import annotations

import math

import pytest
from lxml import html
from starlette.testclient import TestClient
from web_reports import REPORTS

from lagebild.lexicon.places import Places
from lagebild.web import outlines
from lagebild.web.outlines import Frame
from lagebild.web.places import country_name, exonyms, place_name

#: Ukraine and what lies around it.
HERE = [(50.4, 30.5)] * 4 + [(48.0, 37.8)] * 8 + [(47.1, 37.5)] * 2 + [(53.9, 27.6)] * 2 + [(38.9, -77.0)] * 2


def test_the_few_that_lie_far_away_do_not_shrink_the_rest() -> None:
    frame = Frame(HERE, 640, 480)
    assert frame.shown(48.0, 37.8) and frame.shown(50.4, 30.5)
    assert not frame.shown(38.9, -77.0)
    assert frame.kilometres(640) < 3000


@pytest.mark.parametrize("code", ["RUS", "UKR", "USA", "NOR"])
def test_a_point_is_on_land_where_the_cut_outline_holds_it(code: str) -> None:
    """Every point of the window lies in the cut outline just where it lies in the whole one."""
    frame = Frame(HERE, 640, 480)
    rings = outlines.world()["units"][code]
    whole = [[frame.xy(*p) for p in ring] for ring in rings]
    path, _ = outlines.area(rings, frame)
    cut = [
        [tuple(map(float, pair.split(","))) for pair in ring.split("L")]
        for ring in path.replace("Z", "").split("M")[1:]
    ]
    for x in range(7, 640, 47):
        for y in range(7, 480, 43):
            near = any(math.hypot(x - a, y - b) < 3 for ring in whole for a, b in ring)
            if not near:
                inside = sum(outlines.holds(ring, (x, y)) for ring in whole) % 2
                assert inside == sum(outlines.holds(ring, (x, y)) for ring in cut) % 2, (x, y)


def test_lines_beyond_the_window_are_left_out() -> None:
    frame = Frame(HERE, 640, 480)
    assert outlines.line([(10.0, 100.0), (11.0, 101.0)], frame) == ""
    assert outlines.line([(48.0, 37.0), (49.0, 38.0)], frame).startswith("M")


def test_a_name_of_a_place_is_one_that_the_lexicon_knows() -> None:
    known = Places()
    for name, german in exonyms("de").items():
        city, region = known.city(german), known.region(german)
        assert name in {found.name for found in (city, region) if found}, (name, german)


def test_places_are_named_in_the_language_of_the_page(serving) -> None:  # type: ignore[no-untyped-def]
    assert place_name("Donetsk", "de") == "Donezk"
    assert place_name("Russia", "de") == "Russland"
    assert place_name("Nirgendwo", "de") == "Nirgendwo"
    assert country_name("UKR", "en") == "Ukraine"
    client: TestClient = serving(*REPORTS)
    page = html.fromstring(client.get("/dossier/ukraine", headers={"accept-language": "de"}).content)
    drawn = page.cssselect("#map svg.large")[0].text_content()
    assert "Donezk" in drawn and "Donetsk" not in drawn


def test_the_map_names_countries_and_has_a_scale_and_a_form_for_narrow_screens(serving) -> None:  # type: ignore[no-untyped-def]
    client: TestClient = serving(*REPORTS)
    page = html.fromstring(client.get("/dossier/ukraine").content)
    for size in ("large", "small"):
        drawn = page.cssselect(f"#map svg.{size}")[0]
        assert "Ukraine" in [t.text for t in drawn.cssselect(".country")]
        assert drawn.cssselect(".scale text")[0].text.endswith(" km")
        assert drawn.cssselect("a")
