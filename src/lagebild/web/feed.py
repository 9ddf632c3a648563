"""An Atom feed a dossier: conditions met, ceasefires broken or holding, new disputes, other turns of commitments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response

from lagebild.picture.told import Refs
from lagebild.web import links
from lagebild.web.asked import language
from lagebild.web.data import Data
from lagebild.web.view import View
from lagebild.web.words import words

_ENTRIES = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened in the picture. `id` stays the same as long as its first finding does."""

    id: str
    day: str
    title: str
    refs: Refs


class Feeds:
    """The handler of feeds."""

    def __init__(self, data: Data) -> None:
        self._data = data

    def dossier(self, request: Request) -> Response:
        found = self._data.found(request.path_params["dossier"])
        chosen = words(language(request))
        view = View(self._data.picture(found.dossier.id, None, None, chosen.language), chosen)
        base = str(request.base_url).rstrip("/")
        body = render(view, base, request.url.path)
        return Response(body.encode("utf-8", "replace"), media_type="application/atom+xml; charset=utf-8")


def entries(view: View) -> list[Entry]:
    """The newest first."""
    found = sorted(_all(view), key=lambda e: (e.day, e.id), reverse=True)
    return found[:_ENTRIES]


def _all(view: View) -> Iterator[Entry]:
    p, w = view.picture, view.words
    for one in p.commitments:
        for step in one.steps:
            title = f"{view.commitment(one)} ({view.names(one.by[:3]) or w.label('word', 'unsaid')}): {w.label('state', step.state)}"
            yield Entry(f"commitment/{one.id}/{step.state}/{step.day}", step.day, title, step.refs or one.refs)
        for condition in one.conditions:
            days = [e.day for e in view.evidence(condition.refs)]
            what, state = w("condition_of", what=view.commitment(one)), w.label("state", condition.state)
            title = f"{what}: {state} – «{links.clipped(condition.text)}»"
            yield Entry(
                f"condition/{one.id}/{condition.case}/{condition.state}",
                max(days, default=one.since),
                title,
                condition.refs,
            )
    for ceasefire in p.ceasefires:
        for day in ceasefire.violations:
            title = f"{w('ledger_of', day=w.label.day(ceasefire.agreed))}: {w.many('violation', len(day.cases))}"
            yield Entry(f"ceasefire/{ceasefire.commitment}/{day.day}", day.day, title, day.refs)
    for dispute in p.disputes:
        sides = f" {w.label('word', 'against')} ".join(
            f"{view.claim(dispute, s.claim)} ({view.names(s.sources[:2])})" for s in dispute.sides
        )
        refs = tuple(r for s in dispute.sides for r in s.refs)
        yield Entry(f"dispute/{dispute.id}", dispute.day, f"{w('new_dispute')}: {view.about(dispute)} – {sides}", refs)


def render(view: View, base: str, path: str) -> str:
    """The feed as XML; what XML cannot hold is left out."""
    p = view.picture
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(p.language)}>',
        f"<title>{_text(p.name)} – Lagebild</title>",
        f"<id>tag:lagebild,2026:{_text(p.dossier)}</id>",
        f'<link rel="self" href={quoteattr(base + path)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + links.dossier(p.dossier))}/>',
        f"<updated>{p.at}T23:59:59Z</updated>",
        "<author><name>Lagebild</name></author>",
    ]
    for entry in entries(view):
        evidence = view.evidence(entry.refs)
        words = "\n".join(f"«{e.words}» ({e.publisher}, {view.words.short(e.day)})" for e in evidence[:5])
        href = base + (evidence[0].href if evidence else links.dossier(p.dossier, p.at))
        lines += [
            "<entry>",
            f"<id>tag:lagebild,2026:{_text(p.dossier)}/{_text(links.url('', e=entry.id)[3:])}</id>",
            f"<title>{_text(entry.title)}</title>",
            f"<updated>{entry.day}T00:00:00Z</updated>",
            f"<link href={quoteattr(href)}/>",
            f'<content type="text">{_text(words)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _text(text: str) -> str:
    """Escaped, without the characters that no XML document may have."""
    legal = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    return escape(legal)
