"""Makes a WARC for bench/corpus.py: pages as newspapers have them, few of them about conflicts, in mixed languages, shuffled.

The same arguments give the same bytes. The reports about conflicts are sentences of the training reports (training/reports) and
sample reports (examples/reports), the other pages are put together from corpus_texts.toml.

usage: python bench/corpus_warc.py OUT.warc.gz [--pages 20000] [--relevant 0.05] [--sentences 3] [--weight 30000]
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import random
import tomllib
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: How the pages that are not about conflicts are spread over languages, and those that have no article at all.
LANGUAGES = {"de": 40, "en": 25, "fr": 10, "es": 10, "it": 5, "pl": 5, "none": 5}
NAMESPACE = uuid.UUID("6f0b6e0e-52a5-4d0c-9e57-3f1f0a3a7c11")
SITES = ("zeitung.example", "abendblatt.example", "morgenpost.example", "gazette.example", "courier.example")


def reports() -> list[list[str]]:
    """The sentences of the training and sample reports, report by report."""
    found: list[list[str]] = []
    for path in sorted((ROOT / "training" / "reports").glob("*/*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                found.append([])
            elif line.startswith("S "):
                found[-1].append(line[2:])
    for path in sorted((ROOT / "examples" / "reports").glob("*.json")):
        found.append([line for line in json.loads(path.read_text("utf-8"))["text"].split("\n") if len(line) > 60])
    return [one for one in found if one]


class Paper:
    """Writes pages; what it draws depends on the seed alone."""

    def __init__(self, sentences: int, weight: int, seed: int = 20251125) -> None:
        self._random = random.Random(seed)
        self._reports = reports()
        self._others = tomllib.loads(Path(__file__).with_name("corpus_texts.toml").read_text("utf-8"))
        self._sentences = sentences
        # Scripts and styles: most of the bytes of a page, and none of its words.
        lines = [
            f'window.slot{n}={{"id":{n},"size":[{n % 970},{n % 250}],"lazy":true}};' for n in range(weight // 55 + 1)
        ]
        self._script = "\n".join(lines)[:weight]
        self._menu = "".join(f'<li><a href="/s/{n}">{name}</a></li>' for n, name in enumerate(self._sections()))

    @staticmethod
    def _sections() -> list[str]:
        return [
            f"{name} {n}" for n in range(12) for name in ("Start", "Sport", "Wetter", "Video", "Abo", "Kultur", "Leben")
        ]

    def page(self, number: int, relevant: bool) -> tuple[str, str]:
        """Address and HTML of a page."""
        draw = self._random
        day = date(2014, 9, 1) + timedelta(days=draw.randrange(60))
        if relevant:
            report = draw.choice(self._reports)
            start = draw.randrange(max(len(report) - self._sentences, 0) + 1)
            language, text = "de", report[start : start + self._sentences]
        else:
            language = draw.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
            topics = self._others.get(language, {})
            chosen = topics[draw.choice(sorted(topics))] if topics else []
            text = draw.sample(chosen, min(len(chosen), self._sentences + 2))
        url = f"https://{draw.choice(SITES)}/{day:%Y/%m/%d}/{number:06}.html"
        body = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in text)
        title = html.escape(" ".join(text[0].split()[:7]) if text else "Anmelden")
        article = f"<article><h1>{title}</h1>{body}</article>" if text else "<form><input name=q></form>"
        return url, (
            f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
            f'<meta property="article:published_time" content="{day}T06:00:00+02:00"><script>{self._script}</script></head>'
            f"<body><nav><ul>{self._menu}</ul></nav><main>{article}</main>"
            f"<footer><a href='/i'>Impressum</a></footer></body></html>"
        )


def record(url: str, page: str) -> bytes:
    """A response record."""
    body = page.encode("utf-8")
    http = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid5(NAMESPACE, url)}>\r\n"
        f"WARC-Date: 2014-11-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def records(pages: int, relevant: float, sentences: int, weight: int) -> Iterator[bytes]:
    """The records of an archive in a shuffled order; `relevant` is the share of reports about conflicts."""
    paper = Paper(sentences, weight)
    kinds = [True] * round(pages * relevant)
    kinds += [False] * (pages - len(kinds))
    random.Random(pages).shuffle(kinds)
    for number, kind in enumerate(kinds):
        yield record(*paper.page(number, kind))


def make(path: Path, pages: int, relevant: float = 0.05, sentences: int = 3, weight: int = 30_000) -> int:
    """Writes the archive, gzip record by record if its name ends with .gz; returns its bytes unpacked."""
    size = 0
    with path.open("wb") as file:
        for one in records(pages, relevant, sentences, weight):
            size += len(one)
            file.write(gzip.compress(one, 6, mtime=0) if path.suffix == ".gz" else one)
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--relevant", type=float, default=0.05, help="the share of pages about conflicts")
    parser.add_argument("--sentences", type=int, default=3, help="of each of these")
    parser.add_argument("--weight", type=int, default=30_000, help="bytes of script in each page")
    args = parser.parse_args()
    size = make(args.out, args.pages, args.relevant, args.sentences, args.weight)
    print(f"{args.pages} pages, {size / 1e6:,.0f} MB unpacked, {args.out.stat().st_size / 1e6:,.0f} MB: {args.out}")


if __name__ == "__main__":
    main()
