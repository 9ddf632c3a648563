"""A dossier as a briefing of a few A4 pages: one HTML file that needs nothing else, or a PDF of it (WeasyPrint, `lagebild[pdf]`).

What is left out for length is counted where it is left out. Every line names its evidence by number; the words stand at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import Any

from markupsafe import Markup

from lagebild.errors import LagebildError
from lagebild.picture import Commitment, Picture
from lagebild.picture.told import Refs
from lagebild.web import geo
from lagebild.web.evidence import Evidence
from lagebild.web.filling import templates
from lagebild.web.view import View
from lagebild.web.words import words

#: The most lines of each part, so that a briefing stays one.
MOST = {"changes": 8, "ceasefires": 2, "commitments": 12, "disputes": 5, "series": 6, "contributions": 8, "agenda": 8}
_OPEN = ("proposed", "demanded", "promised", "agreed", "in force", "broken", "unclear")


class Printed(View):
    """A view whose lines lead nowhere: names are words, and drawings have no links."""

    def party(self, id: str) -> Markup:
        return Markup("<bdi>{}</bdi>").format(self.name(id))

    def place_link(self, spot: geo.Spot) -> str | None:
        return None

    def _to(self, ref: str) -> str | None:
        return None


class Notes:
    """Numbers the evidence in the order in which lines name it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.kept: dict[str, Evidence] = {}
        self._numbers: dict[tuple[str, str], int] = {}

    def __call__(self, refs: Refs, most: int = 1) -> Markup:
        """The numbers of the first few findings, as links to their words."""
        numbers = []
        for one in self._view.evidence(refs)[:most]:
            number = self._numbers.setdefault((one.words, one.publisher), len(self._numbers) + 1)
            self.kept.setdefault(str(number), one)
            numbers.append(number)
        marks = (Markup('<a href="#n{0}">{0}</a>').format(n) for n in dict.fromkeys(numbers))
        return Markup('<span class="notes">{}</span>').format(Markup(" ").join(marks)) if numbers else Markup("")


def briefing(picture: Picture) -> str:
    """The briefing as an HTML document in the language of the picture."""
    chosen = words(picture.language)
    view = Printed(picture, chosen)
    folder = resources.files("lagebild.web") / "print"
    drawing = Markup("<style>{}</style>").format(Markup((folder / "drawing.css").read_text("utf-8")))
    placed, drawn = view.map
    values: dict[str, Any] = {
        "v": view, "p": picture, "w": chosen, "label": chosen.label, "note": Notes(view), "MOST": MOST,
        "style": Markup((folder / "briefing.css").read_text("utf-8")),
        "map": _styled(drawn.wide, drawing) if drawn else None, "outside": drawn.outside if drawn else [], "placed": placed,
        "kinds": [(k, _styled(view.key(k), drawing)) for k in geo.SHAPES],
        "ledgers": [(c, _styled(view.ledger(c), drawing)) for c in reversed(picture.ceasefires[-MOST["ceasefires"] :])],
        "commitments": _weighed(picture.commitments),
        "disputes": list(reversed(picture.disputes)),
        "series": view.charted or view.counted,
        "upcoming": [i for i in picture.agenda if i.state == "upcoming"] or list(reversed(picture.agenda)),

    }  # fmt: skip
    return templates().get_template("briefing.html").render(**values)


def pdf(html: str) -> bytes:
    """The same as PDF. Raises LagebildError, with what to do, where WeasyPrint or its libraries are not installed."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # OSError: the Pango library is missing
        raise LagebildError(
            f"PDF needs WeasyPrint and Pango ({str(error).splitlines()[0]}): pip install 'lagebild[pdf]', and apt-get install "
            "libpango-1.0-0 libpangoft2-1.0-0; or write FILE.html and print it from a browser"
        ) from None

    # Lone surrogates, which reports may hold, have no UTF-8.
    whole = html.encode("utf-8", "replace").decode()
    # No protocol is allowed: nothing that a report's text brings in is opened.
    made = HTML(string=whole, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf()
    assert isinstance(made, bytes)
    return made


def _weighed(commitments: Iterable[Commitment]) -> list[Commitment]:
    """What parties took upon themselves before what is demanded, what is open before what is over, the best told first."""
    return sorted(commitments, key=lambda c: (c.kind == "demand", c.state not in _OPEN, -len(c.refs), c.id))


def _styled(drawing: Markup, style: Markup) -> Markup:
    """A drawing with its style inside it, which is where WeasyPrint looks."""
    head, _, rest = drawing.partition(">")
    return head + Markup(">") + style + rest
