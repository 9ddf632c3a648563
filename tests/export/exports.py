"""Reports made by hand with one of everything that exports treat differently, and what a format makes of them."""

from __future__ import annotations

import io
from typing import Any

from made import ARMY, DONETSK, EU, MARIUPOL, MINSK, OSCE, REBELS, RUSSIA, UKRAINE, UN, event, figure, kept, on

from lagebild.export import FORMATS, View, Written, make_view
from lagebild.model import Event, Party, Place
from lagebild.store import KeptReport

CIVILIANS = Party("Zivilisten", "Ukrainian civilians", "UKR", "population", "population")
SOMEWHERE = Place("Ukraine", "Ukraine", "UKR", 49.0, 32.0, "country")

SHELLING = "Separatisten beschossen Donezk mit Artillerie, 12 Zivilisten starben"


def reports() -> list[KeptReport]:
    attack: dict[str, Any] = {
        "mode": "heavy-weapons", "actors": [REBELS], "recipients": [CIVILIANS], "place": DONETSK, "time": on("2014-10-01"),
    }  # fmt: skip
    dead: dict[str, Any] = {"of": "Zivilisten", "place": DONETSK, "time": on("2014-10-01")}
    return [
        kept(
            "a", "2014-10-02", "Anzeiger",
            event("ASSAULT", SHELLING, "beschossen", said_by=[UKRAINE], **attack),
            figure("killed", 12, SHELLING, said_by=[UKRAINE], **dead),
            event("CONSULT", "Die Ukraine und Russland verhandelten in Minsk", "verhandelten", mode="multilateral",
                  actors=[UKRAINE, RUSSIA], place=MINSK, time=on("2014-09-30")),
            event("CONSULT", "Am 20. Oktober treffen sich Russland und die EU", "treffen", status="planned",
                  actors=[RUSSIA], recipients=[EU], time=on("2014-10-20")),
            event("RETREAT", "Russland will Truppen abziehen", "abziehen", mode="withdraw", status="planned",
                  actors=[RUSSIA]),
            url="https://anzeiger.example/a", title="Beschuss\tin Donezk",
        ),
        kept(
            "b", "2014-10-03", "Bote",
            event("ASSAULT", "Beim Beschuss von Donezk durch Separatisten starben 10 Zivilisten", "Beschuss", **attack),
            figure("killed", 10, "Beim Beschuss von Donezk durch Separatisten starben 10 Zivilisten", said_by=[UN], **dead),
            event("ASSAULT", "Die Armee will Mariupol stürmen", "stürmen", status="planned", actors=[ARMY],
                  place=MARIUPOL),
            event("RETREAT", "Die OSZE verlangt freien Zugang von den Rebellen", "Zugang", mode="access", status="demanded",
                  actors=[REBELS], said_by=[OSCE]),
            event("REQUEST", "Die OSZE verlangt freien Zugang von den Rebellen", "verlangt", issue="access",
                  actors=[OSCE], recipients=[REBELS]),
            event("ASSAULT", "Moskau bestreitet Angriffe auf die Ukraine", "Angriffe", status="denied", stance="denies",
                  actors=[RUSSIA], recipients=[UKRAINE], said_by=[RUSSIA]),
            event("AID", "Waffen wurden geliefert", "geliefert", actors=[RUSSIA]),
        ),
    ]  # fmt: skip


def view(*more: KeptReport) -> View:
    found = [*reports(), *more]
    return make_view(found, max(r.day for r in found), "War in Ukraine")


def written(name: str, of: View | None = None, every: bool = False) -> tuple[str, Written]:
    """What a text format makes of a view, and what it says of it."""
    out = io.BytesIO()
    said = FORMATS[name].write(of or view(), out, every)
    return out.getvalue().decode("utf-8"), said


def lone(type_: str, **fields: Any) -> tuple[View, Event]:
    """A view of one event alone."""
    one = event(type_, "Etwas geschah gestern", "geschah", **fields)
    return make_view([kept("x", "2014-10-05", "Anzeiger", one)], "2014-10-05"), one
