"""The pages: overview, dossier, case, party, report, search. Each asks the data and fills a template."""

from __future__ import annotations

import gzip
from importlib import resources
from typing import Any

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import Response

from lagebild.model import EVENT_TYPES, STATUSES, Event
from lagebild.web import geo, links, marked, svg
from lagebild.web.asked import Unknown, Wrong, day, language, number
from lagebild.web.charts import SOURCES
from lagebild.web.data import Data, Found, Query, day_before, terms
from lagebild.web.evidence import STATES
from lagebild.web.filling import templates
from lagebild.web.view import CHARTS, SHOWN, View
from lagebild.web.why import Why, reasons
from lagebild.web.words import Words, words

_YEAR = 365 * 86400
_HITS = 25
_EVENTS = 60
#: Lines of a part on the page of a dossier; the others are listed on pages of their own.
LINES = 30
#: Days of a ceasefire with who blames whom.
DAYS = 20
#: Where a page has room for a note that is not kept with it.
_NOTES = b"<!--notes-->"


class Pages:
    """The handlers; each may run in any thread."""

    def __init__(self, data: Data) -> None:
        self._data, self._why = data, Why()
        self._templates = templates()
        self._templates.globals |= {"asset": _stamp(), "SHOWN": SHOWN, "SOURCES": SOURCES}

    # ------------------------------------------------------------------------------------------- dossiers

    def overview(self, request: Request) -> Response:
        found = self._data.overview()
        with self._data.open() as store:
            kept = store.count()
        newest = max((f.reports[-1].day for f in found), default=None)
        since = day_before(newest, 6) if newest else ""
        rows = [(f, [line for line in f.reports if line.day >= day_before(f.reports[-1].day, 6)]) for f in found]
        return self._page(request, "overview.html", rows=rows, kept=kept, since=since, spark=self._spark(request))

    def _spark(self, request: Request) -> Any:
        chosen = self._words(request)

        def spark(found: Found) -> Any:
            from lagebild.web.charts import density

            last = found.reports[-1].day
            return density(found.days, last, chosen, lambda day: links.dossier(found.dossier.id, day))

        return spark

    def dossier(self, request: Request) -> Response:
        """The page that is asked for most: filled and packed once for each address, as long as the store does not change."""
        asked = links.parameters(request.scope["query_string"])
        chosen = self._words(request)
        key = ("page", request.scope["path"], tuple(sorted(asked.items())), chosen.language)

        def fill() -> tuple[bytes, bytes]:
            view, found = self._view(request, asked)
            placed, drawn = view.map
            values = {
                "v": view, "p": view.picture, "found": found, "days": list(found.days), "placed": placed, "drawn": drawn,
                "week": day_before(view.picture.at, 7), "kinds": list(geo.SHAPES), "LINES": LINES, "CHARTS": CHARTS, "DAYS": DAYS,
            }  # fmt: skip
            body = self._filled(request, "dossier.html", 200, values)
            return body, gzip.compress(body, 6)

        found = self._data.found(request.path_params["dossier"])
        mark = self._data.mark(found.dossier, None)
        (plain, packed), current = self._data.soon(key, fill, mark)
        if not current:
            note = f'<p class="note" role="status">{escape(chosen("being_drawn"))}</p>'
            plain = plain.replace(_NOTES, note.encode(), 1)
            packed = gzip.compress(plain, 1)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return self._answer(request, packed, 200, {"content-encoding": "gzip"})
        return self._answer(request, plain, 200)

    def case(self, request: Request) -> Response:
        asked = links.parameters(request.scope["query_string"])
        view, _ = self._view(request, asked)
        id = asked.get("id", "")
        case = view.case(id) or next((c for c in view.picture.cases if id in c.refs), None)
        if case is None:
            raise Unknown(f"no case {id!r} in dossier {view.picture.dossier!r} on {view.picture.at}")
        p = view.picture
        return self._page(
            request, "case.html", v=view, p=p, case=case,
            series=[s for s in p.series if s.case == case.id],
            disputes=[d for d in p.disputes if d.about == case.id],
            commitments=[c for c in p.commitments if case.id in c.cases],
        )  # fmt: skip

    def evidence(self, request: Request) -> Response:
        """All the words behind one line of the picture."""
        asked = links.parameters(request.scope["query_string"])
        view, _ = self._view(request, asked)
        of, p, start = asked.get("of", ""), view.picture, number(asked, "start", 0)
        refs = view.behind(of)
        if refs is None:
            raise Unknown(f"no such line in dossier {p.dossier!r} on {p.at}")
        found = view.evidence(refs)

        def address(start: int) -> str:
            return links.url(request.scope["path"], of=of, at=p.at, since=p.since, start=start or None)

        return self._page(
            request, "evidence.html", v=view, p=p, found=found[start : start + _EVENTS], start=start, step=_EVENTS,
            total=len(found), address=address,
        )  # fmt: skip

    def events(self, request: Request) -> Response:
        """What is told as real, day by day, the latest first: all of it, or at some places, or with a party."""
        asked = links.parameters(request.scope["query_string"])
        view, _ = self._view(request, asked)
        start, told, title = number(asked, "start", 0), view.told, ""
        place, party = asked.get("place", ""), asked.get("party", "")
        if place:
            places = {name.casefold() for name in place.split("\n")}
            told = [c for c in told if (c.place or "").casefold() in places]
            title = ", ".join(map(view.place, place.split("\n")))
        kind, first, last = asked.get("kind", ""), day(asked, "first") or "", day(asked, "last") or ""
        if kind in geo.SHAPES:
            told = [c for c in told if view.quad(c) == kind]
            title = view.words("kind_" + kind)
        if first or last:
            told = [c for c in told if first <= c.day <= (last or "9999")]
            title = ", ".join(x for x in (title, view.words.span(first or None, last or None)) if x)
        if party:
            told = [c for c in told if party in c.actors or party in c.recipients]
            title = view.name(party)
        return self._page(
            request, "events.html", v=view, p=view.picture, shown=told[start : start + _EVENTS], start=start,
            total=len(told), step=_EVENTS, title=title,
            address=lambda start: view.list_link(
                "events", start, place=place, party=party, kind=kind, first=first, last=last
            ),
        )  # fmt: skip

    def listing(self, request: Request) -> Response:
        """One part of the picture, page by page, where the page of the dossier shows its first lines."""
        asked = links.parameters(request.scope["query_string"])
        view, _ = self._view(request, asked)
        name, start = asked.get("part", ""), number(asked, "start", 0)
        found = view.part(name)
        if found is None:
            raise Unknown(f"no part {name!r} in dossier {view.picture.dossier!r}")
        return self._page(
            request, "list.html", v=view, p=view.picture, name=name, shown=found[start : start + _EVENTS], start=start,
            total=len(found), step=_EVENTS, address=lambda start: view.list_link(name, start),
        )  # fmt: skip

    def party(self, request: Request) -> Response:
        asked = links.parameters(request.scope["query_string"])
        view, _ = self._view(request, asked)
        id, p = asked.get("id", ""), view.picture
        party = view.identity(id)
        if party is None:
            raise Unknown(f"no party {id!r} in dossier {p.dossier!r} on {p.at}")
        latest = sorted(p.cases, key=lambda c: (c.day, c.id), reverse=True)
        said = [m for c in latest for m in c.mentions if id in m.said_by]
        return self._page(
            request, "party.html", v=view, p=p, party=party,
            LINES=LINES, acts=[c for c in latest if id in c.actors],
            suffers=[c for c in latest if id in c.recipients and id not in c.actors],
            said=sorted(said, key=lambda m: (m.day, m.report, m.at), reverse=True),
            commitments=[c for c in view.board if id in c.by or id in c.to],
            contributions=[c for c in p.contributions if id == c.by or id in c.to],
        )  # fmt: skip

    def _view(self, request: Request, asked: dict[str, str]) -> tuple[View, Found]:
        chosen = self._words(request)
        found = self._data.found(request.path_params["dossier"])
        at, since = day(asked, "at"), day(asked, "since")
        picture = self._data.picture(found.dossier.id, at, since, chosen.language)
        key = ("view", found.dossier.id, at, since, chosen.language)
        return self._data.once(key, lambda: View(picture, chosen), id(picture)), found

    # -------------------------------------------------------------------------------------------- reports

    def report(self, request: Request) -> Response:
        asked = links.parameters(request.scope["query_string"])
        kept = self._data.report(asked.get("id", ""), number(asked, "version", None))
        chosen = self._words(request)
        report = kept.report
        findings = [(f, marked.kind(f), isinstance(f, Event)) for f in report.findings]
        counts = {k: sum(kind == k for _, kind, _ in findings) for k in marked.KINDS}
        return self._page(
            request, "report.html", kept=kept, report=report, paragraphs=marked.paragraphs(report), findings=findings,
            counts=counts, spoken=marked.spoken(report, chosen("unnamed_speaker")), source=links.safe_link(report.url), STATES=STATES,
        )  # fmt: skip

    def why(self, request: Request) -> Response:
        """Why one finding was made."""
        asked = links.parameters(request.scope["query_string"])
        id, name = asked.get("id", ""), asked.get("finding", "")
        kept = self._data.report(id, number(asked, "version", None))
        finding = next((f for f in kept.report.findings if f.id == name), None)
        if finding is None:
            raise Unknown(f"no finding {name[:40]!r} in report {kept.id!r}")
        again = self._data.once(("why", kept.id, kept.version), lambda: self._why.read(kept.report))
        return self._page(
            request, "why.html", report=kept.report, given=number(asked, "version", None), finding=finding,
            event=isinstance(finding, Event), too_long=again is None, found=reasons(finding, again) if again else None,
        )  # fmt: skip

    def search(self, request: Request) -> Response:
        asked = links.parameters(request.scope["query_string"])
        query, error, hits = read_query(asked), None, []
        start = number(asked, "start", 0) or 0
        if not query.empty:
            try:
                hits = self._data.search(query)
            except Wrong as wrong:
                error = str(wrong)
        shown = hits[start : start + _HITS]
        texts = {kept.id: kept.report for kept in self._data.reports([line.id for line in shown])} if shown else {}
        sought = terms(query.words)
        rows = [
            (
                line,
                whole(line.title or line.id, sought),
                excerpt(texts[line.id].text, sought) if line.id in texts else [],
            )
            for line in shown
        ]
        return self._page(
            request, "search.html", query=query, rows=rows, total=len(hits), start=start, step=_HITS, error=error,
            types=EVENT_TYPES, statuses=STATUSES, asked=asked,
        )  # fmt: skip

    def failed(self, request: Request, status: int, line: str) -> Response:
        return self._page(request, "error.html", status=status, line=links.clipped(line))

    # --------------------------------------------------------------------------------------------- filling

    def _words(self, request: Request) -> Words:
        return words(language(request))

    def _page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        return self._answer(request, self._filled(request, template, status, values), status)

    def _filled(self, request: Request, template: str, status: int, values: dict[str, Any]) -> bytes:
        chosen = self._words(request)
        asked = links.parameters(request.scope["query_string"])
        other = "en" if chosen.language == "de" else "de"
        switch = links.url(request.scope["path"], **{**asked, "lang": other})
        values |= {"w": chosen, "label": chosen.label, "switch": switch, "other": other, "svg": svg}
        text = self._templates.get_template(template).render(status=status, **values)
        # Lone surrogates, which reports may hold, have no UTF-8.
        return text.encode("utf-8", "replace")

    def _answer(self, request: Request, body: bytes, status: int, more: dict[str, str] | None = None) -> Response:
        language = self._words(request).language
        headers = {"vary": "Accept-Encoding, Accept-Language, Cookie", "cache-control": "no-cache"} | (more or {})
        response = Response(body, status, media_type="text/html; charset=utf-8", headers=headers)
        if links.parameters(request.scope["query_string"]).get("lang") == language:
            response.set_cookie("lagebild_lang", language, max_age=_YEAR, samesite="lax", httponly=True)
        return response


def read_query(asked: dict[str, str]) -> Query:
    """A search as the address has it. Raises Wrong for days that are none."""
    words, party, place, type_, status = (
        asked.get(key, "").strip()[:400] for key in ("q", "party", "place", "type", "status")
    )
    return Query(words, party, place, type_, status, day(asked, "since") or "", day(asked, "until") or "")


def whole(title: str, sought: list[str]) -> list[tuple[str, bool]]:
    """A title in pieces; those that were sought are marked."""
    title = links.clipped(title, 160)
    return excerpt(title, sought, len(title))


def excerpt(text: str, sought: list[str], around: int = 130) -> list[tuple[str, bool]]:
    """A stretch of text around the first word that is sought, in pieces; those that were sought are marked."""
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    stems = [t.rstrip("*").casefold() for t in sought]
    places = (
        sorted((at, at + len(s)) for s in stems if s and (at := folded.find(s)) >= 0)
        if len(folded) == len(text)
        else []
    )
    middle = places[0][0] if places else 0
    start, end = max(0, middle - around), min(len(text), middle + around * 2)
    if start:  # at the beginning of a word, and at the end of one
        blank = text.find(" ", start, middle)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", middle, end)
        end = blank if blank > 0 else end
    pieces: list[tuple[str, bool]] = [("… " if start else "", False)]
    at = start
    for first, last in places:
        if first >= at and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    return [*pieces, (text[at:end] + (" …" if end < len(text) else ""), False)]


def _stamp() -> str:
    """A short mark of the static files, so that browsers fetch them anew when they have changed."""
    import hashlib

    digest = hashlib.sha256()
    folder = resources.files("lagebild.web") / "static"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]
