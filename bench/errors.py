"""Sorts the errors of a reading into classes and counts them: what is missed, what is invented, what is mixed up.

usage: python bench/errors.py --data FOLDER [--classes 10]

Counted on `gold/dev`, which is not published; the example of each class is from our own sample reports (examples/reports).
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from common import read, records

from lagebild.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
Row = dict[str, Any]
#: Fields that hold one word of a closed list: which word is taken for which is worth telling.
WORDS = ("status", "mode", "issue", "stance", "precision")
LISTS = ("actors", "recipients", "said_by")


@dataclass(frozen=True)
class Error:
    """One thing that is not as the annotators have it: its class, and where it stands."""

    kind: str
    gold: str
    found: str
    evidence: str


def scorer(data: Path) -> ModuleType:
    """The scorer that comes with the gold reports: it decides which finding meets which."""
    spec = importlib.util.spec_from_file_location("gold_score", data / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{data / 'gold'}: no score.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def errors(gold: Row, found: Row, score: ModuleType) -> Iterator[Error]:
    """All errors of one report."""
    mine = [f for f in found["findings"] if f["kind"] in ("event", "figure")]
    pairs = score.match(mine, gold["findings"], gold["text"])
    ids = {p["id"]: g["id"] for p, g in pairs}
    met_mine, met_gold = {id(p) for p, _ in pairs}, {id(g) for _, g in pairs}
    left = [p for p in mine if id(p) not in met_mine]
    for g in (g for g in gold["findings"] if id(g) not in met_gold):
        clause = score.spans(g, gold["text"], "evidence")
        near = [
            p for p in left if p["kind"] == g["kind"] and score.touch(score.spans(p, gold["text"], "trigger"), clause)
        ]
        if near:
            left.remove(near[0])
            yield Error(f"{g['kind']} read as another {_what(g)}", _name(g), _name(near[0]), g["evidence"])
        else:
            yield Error(f"{g['kind']} missed", _name(g), "–", g["evidence"])
    for p in left:
        yield Error(f"{p['kind']} read where there is none", "–", _name(p), p["evidence"])
    for p, g in pairs:
        for field in score.fields(g):
            _, bad, lost = score.agree(p, g, field, ids)
            if not bad and not lost:
                continue
            a, b = _value(g.get(field)), _value(p.get(field))
            if field in WORDS:
                yield Error(f"{field}: {a} read as {b}" if field == "status" else f"{field} wrong", a, b, g["evidence"])
                continue
            for _ in range(min(bad, lost)):
                yield Error(f"{field} wrong", a, b, g["evidence"])
            for _ in range(bad - min(bad, lost)):
                yield Error(
                    f"{field} too many" if field in LISTS else f"{field} where none is told", a, b, g["evidence"]
                )
            for _ in range(lost - min(bad, lost)):
                yield Error(f"{field} missed", a, b, g["evidence"])


def _what(finding: Row) -> str:
    return "type" if finding["kind"] == "event" else "measure or value"


def _name(finding: Row) -> str:
    if finding["kind"] == "event":
        return f"{finding['type']} «{finding['trigger']}»"
    return f"{finding['measure']} {finding['value']}"


def _value(value: Any) -> str:
    """A field's value in few words."""
    if not value:
        return "none"
    if isinstance(value, list):
        return ", ".join(_value(v) for v in value)
    if isinstance(value, dict):
        if "name" in value:
            return str(value["name"] or value.get("text"))
        return str(value.get("from") or value.get("text"))
    return str(value)


def section(
    data: Path, dev: list[Row], dev_found: list[Row], own: list[Row], own_found: list[Row], classes: int
) -> str:
    """The table of the most frequent classes, in Markdown."""
    score = scorer(data)
    told = [e for g, f in zip(dev, dev_found, strict=True) for e in errors(g, f, score)]
    public = [(g["id"], e) for g, f in zip(own, own_found, strict=True) for e in errors(g, f, score)]
    counts = Counter(e.kind for e in told)
    lines = [
        f"{len(told)} errors in {len(dev)} reports of `gold/dev`, {len(counts)} classes; the {classes} most frequent, each with an "
        f"example from our sample reports ({len(own)} reports, {len(public)} errors).",
        "",
        "| class | on gold/dev | share | on our reports | example: words, what is right → what was read |",
        "|---|---|---|---|---|",
    ]
    shares = Counter(e.kind for _, e in public)
    for kind, count in counts.most_common(classes):
        example = next(
            (f"«{_short(e.evidence)}» ({name}): {e.gold} → {e.found}" for name, e in _best(public, kind)), "none"
        )
        lines.append(
            f"| {kind} | {count} | {100 * count / len(told):.1f} % | {shares[kind]} | {example.replace('|', '/')} |"
        )
    return "\n".join(lines) + "\n"


def _best(found: Iterable[tuple[str, Error]], kind: str) -> list[tuple[str, Error]]:
    """The errors of the class: first those whose words are enough to understand it, the shortest first."""
    length = lambda e: (len(e.evidence.split()) < 5, len(e.evidence))  # noqa: E731
    return sorted(((n, e) for n, e in found if e.kind == kind), key=lambda x: (*length(x[1]), x[0]))


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:24]) + (" …" if len(words) > 24 else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--classes", type=int, default=10)
    args = parser.parse_args()
    reader = Reader()
    dev, own = records(args.data / "gold" / "dev"), records(ROOT / "examples" / "reports")
    print(section(args.data, dev, list(read(reader, dev)), own, list(read(reader, own)), args.classes), end="")


if __name__ == "__main__":
    main()
