"""The annotated reports as documents with their events: what the tables of traits are fitted on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from annotated import HELD, parse
from data import content_word, triggers

from lagebild.intake.zones import breaks
from lagebild.language.document import Document
from lagebild.lexicon.frames import frames
from lagebild.reading.events import Act, matching_frames
from lagebild.reading.syntax import slots

_HEADING = re.compile(r"# [^\d]*(?:(\d{4}-\d{2}-\d{2})|handbook)")


@dataclass(frozen=True, slots=True)
class Told:
    """An annotated event: where its trigger stands, its labels, and its parties and place as (text, name, None if unknown)."""

    sentence: int
    word: int
    type: str
    status: str
    mode: str | None
    issue: str | None
    parties: dict[str, list[tuple[str, str | None]]]
    place: tuple[str, str | None] | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report with its events."""

    document: Document
    published: date | None
    told: list[Told]
    weight: float
    title: str = ""


def _words(document: Document) -> dict[int, tuple[int, int]]:
    """The sentence and word at each character."""
    return {
        c: (i, w)
        for i, s in enumerate(document.sentences)
        for w, t in enumerate(s.tokens)
        for c in range(t.start, t.end)
    }


def gold_reports(folder: Path, analyser: Any) -> Iterator[Annotated]:
    """The reports of a folder of gold files."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text, language = gold["text"], gold["language"]
        document = analyser.analyse(text, language, breaks(text))
        at, told = _words(document), []
        for start, f in triggers(gold):
            place = at.get(start)
            if place is not None:
                parties = {r: [(p["text"], p["name"]) for p in f[r + "s"]] for r in ("actor", "recipient")}
                where = (f["place"]["text"], f["place"]["name"]) if f["place"] else None
                told.append(Told(*place, f["type"], f["status"], f["mode"], f["issue"], parties, where))
        day = date.fromisoformat(gold["published"]) if gold["published"] else None
        yield Annotated(document, day, told, 1.0, gold["title"] or "")


def own_reports(folder: Path, analyser: Any, weight: float) -> Iterator[Annotated]:
    """Our own annotated reports, without the held-out files."""
    for path in sorted(folder.glob("*/*.txt")):
        if path.stem in HELD:
            continue
        lines = parse(path)[0]
        heads = [(n, m) for n, raw in enumerate(path.read_text("utf-8").splitlines(), 1) if (m := _HEADING.match(raw))]
        ends = [n for n, _ in heads[1:]] + [10**9]
        for (begin, heading), end in zip(heads, ends, strict=True):
            inside = [line for line in lines if begin < line.number < end]
            text = " ".join(line.text for line in inside)
            document = analyser.analyse(text, path.parent.name, breaks(text))
            at, told, offset = _words(document), [], 0
            for line in inside:
                for f in line.findings:
                    if "type" not in f.labels:
                        continue
                    trigger = line.text[slice(*f.trigger)]
                    place = at.get(offset + line.text.index(content_word(trigger), f.trigger[0]))
                    if place is None:
                        continue
                    roles = {r: [(x, None) for role, x in f.roles if role == r] for r in ("actor", "recipient")}
                    where = next(((x, None) for role, x in f.roles if role == "place"), None)
                    mode, issue = (None if f.labels[k] == "none" else f.labels[k] for k in ("mode", "issue"))
                    told.append(Told(*place, f.labels["type"], f.labels["status"], mode, issue, roles, where))
                offset += len(line.text) + 1
            yield Annotated(document, date.fromisoformat(heading[1]) if heading[1] else None, told, weight)


def act_of(report: Annotated, told: Told) -> Act:
    sentence, language = report.document.sentences[told.sentence], report.document.language
    known = (f for f, _ in matching_frames(sentence, told.word, frames(language)) if f.type == told.type)
    arguments = slots(sentence, told.word)
    return Act(told.sentence, told.word, told.type, told.mode, next(known, None), 1.0, (), arguments)
