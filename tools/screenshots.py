"""Makes the screenshots in docs/web-pages/ of all pages, from the sample corpus: wide, light and English; narrow, dark and German.

    python tools/screenshots.py            reads examples/ukraine-2014 into a store of its own, then opens every page
    python tools/screenshots.py --store F  from a store that is there

Each shows what a window shows before anybody scrolls, in few colours, so that the files stay small.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from pathlib import Path
from urllib.parse import quote_plus
from urllib.request import urlopen

from chromium import browser, served
from PIL import Image

from lagebild.cli import main as lagebild

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "web-pages"
DAY = "2014-10-18"
VIEWS = {
    "wide": {"viewport": {"width": 1280, "height": 1000}, "locale": "en", "color_scheme": "light"},
    "narrow-dark": {"viewport": {"width": 390, "height": 1000}, "locale": "de", "color_scheme": "dark"},
}


def pages(site: str) -> dict[str, str]:
    """Addresses of the pages by the names of their pictures."""
    with urlopen(f"{site}/api/v1/dossiers/ukraine/picture?at={DAY}") as answer:
        picture = json.load(answer)
    told = [case for case in picture["cases"] if case["place"] and case["publishers"] > 1]
    case = quote_plus(max(told or picture["cases"], key=lambda c: len(c["mentions"]))["id"])
    dossier = f"/dossier/ukraine?at={DAY}"
    return {
        "overview": "/",
        "dossier": dossier,
        "dossier-changes": f"{dossier}&since=2014-10-01#changes",
        "dossier-commitments": f"{dossier}#commitments",
        "dossier-ceasefires": f"{dossier}#ceasefires",
        "dossier-disputes": f"{dossier}#disputes",
        "dossier-figures": f"{dossier}#series",
        "dossier-agenda": f"{dossier}#agenda",
        "dossier-timeline": f"{dossier}#timeline",
        "events": f"/dossier/ukraine/events?at={DAY}",
        "case": f"/dossier/ukraine/case?id={case}&at={DAY}",
        "party": f"/dossier/ukraine/party?id=state%3AUKR&at={DAY}",
        "report": "/report?id=berner-0905-waffenruhe#e1",
        "why": "/report/why?id=berner-0905-waffenruhe&finding=e1",
        "search": "/search?q=Waffenruhe",
    }


def shoot(store: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    with served(store) as site, browser() as chrome:
        for view, options in VIEWS.items():
            context = chrome.new_context(**options, reduced_motion="reduce")
            tab = context.new_page()
            for name, address in pages(site).items():
                tab.goto("about:blank")
                tab.goto(site + address)
                shot = Image.open(io.BytesIO(tab.screenshot()))
                path = FOLDER / f"{name}-{view}.png"
                shot.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
                print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--store", type=Path)
    store = parser.parse_args().store
    if store:
        shoot(store)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.sqlite"
        if lagebild(["add", "--store", str(store), str(ROOT / "examples" / "ukraine-2014" / "reports")]):
            return 1
        shoot(store)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
