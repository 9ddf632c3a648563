"""Reports of our own, annotated sentence by sentence (format: training/reports/README.md): parser, check, examples."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from data import ROLES, Example, content_word, raw, words_of

from lagebild.model import EVENT_TYPES, ISSUES, MEASURES, MODES, PRECISIONS, STANCES, STATUSES, VERBAL_TYPES

#: Keys of a line's parts, and the role whose words they give.
KEYS = {"a": "actor", "r": "recipient", "p": "place", "t": "time", "s": "said_by", "of": "of"}
#: Where one phrase has several roles, its words show the part it plays in the act, as those of a gold report do.
LAST = {"actor": 1, "recipient": 2}
#: Files kept out of training: to choose and to fuse by, on reports that the head has not seen.
HELD = frozenset({"krieg-12", "politik-11", "war-12", "politics-08"})


@dataclass(slots=True)
class Marked:
    """One finding of a sentence: its labels, the trigger's place and the words of its roles."""

    line: int
    labels: dict[str, str]
    trigger: tuple[int, int]
    roles: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A sentence, its language and its findings."""

    text: str
    language: str
    number: int
    report: str
    findings: list[Marked] = field(default_factory=list)


def parse(path: Path) -> tuple[list[Line], list[str]]:
    """All sentences of a file and the faults found, each as «file:line: what»."""
    lines: list[Line] = []
    faults: list[str] = []
    language, report = path.parent.name, path.stem
    for number, written in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = written.strip()
        if line.startswith("#"):
            report = f"{path.stem}:{number}"
        if not line or line.startswith("#"):
            continue
        if line.startswith("S "):
            lines.append(Line(line[2:].strip(), language, number, report))
            continue
        try:
            if not lines:
                raise ValueError("a finding before the first sentence")
            lines[-1].findings.append(_finding(line, number, lines[-1].text))
        except ValueError as error:
            faults.append(f"{path}:{number}: {error}")
    return lines, faults


def _finding(line: str, number: int, sentence: str) -> Marked:
    head, *parts = [p.strip() for p in line.split("|")]
    kind, _, rest = head.partition(" ")
    words = rest.split()
    if kind == "e":
        trigger, labels = _event(words)
    elif kind == "f":
        trigger, labels = _figure(words)
    else:
        raise ValueError(f"a line starts with S, e, f or #, not {kind!r}")
    marked = Marked(number, labels, _place(trigger, sentence))
    for part in parts:
        key, _, value = part.partition(" ")
        value = value.strip()
        if key not in KEYS:
            raise ValueError(f"unknown part {key!r}")
        if not value:
            raise ValueError(f"part {key!r} is empty")
        marked.roles.append((KEYS[key], value))
    return marked


def _event(words: list[str]) -> tuple[str, dict[str, str]]:
    if len(words) < 3:
        raise ValueError("an event needs trigger, type and status")
    issue, stance = "none", "asserts"
    while "=" in words[-1]:
        key, _, value = words.pop().partition("=")
        if key == "issue" and value in ISSUES:
            issue = value
        elif key == "stance" and value in STANCES:
            stance = value
        else:
            raise ValueError(f"unknown {key}={value}")
    *trigger, act, status = words
    kind, _, mode = act.partition("/")
    if kind not in EVENT_TYPES:
        raise ValueError(f"no event type: {kind}")
    if mode and mode not in MODES[kind]:
        raise ValueError(f"{kind} has no mode {mode}")
    if status not in STATUSES:
        raise ValueError(f"no status: {status}")
    if issue != "none" and kind not in VERBAL_TYPES:
        raise ValueError(f"{kind} has no issue")
    if kind == "CONSULT" and issue == "other":
        # The reports of `gold` leave the issue of a bare meeting empty.
        issue = "none"
    labels = {"type": kind, "mode": mode or "none", "issue": issue, "status": status, "stance": stance}
    return " ".join(trigger), labels


def _figure(words: list[str]) -> tuple[str, dict[str, str]]:
    if len(words) < 3:
        raise ValueError("a figure needs trigger, measure and precision")
    stance = "asserts"
    if words[-1].startswith("stance="):
        stance = words.pop()[7:]
    *trigger, measure, precision = words
    if measure not in MEASURES or precision not in PRECISIONS or stance not in STANCES:
        raise ValueError(f"no measure, precision or stance: {measure} {precision} {stance}")
    return " ".join(trigger), {"measure": measure, "precision": precision, "stance": stance}


def _place(trigger: str, sentence: str) -> tuple[int, int]:
    """Where the trigger stands; «word#2» is its second occurrence as a whole word."""
    word, _, nth = trigger.partition("#")
    found = [m.span() for m in re.finditer(r"(?<!\w)" + re.escape(word) + r"(?!\w)", sentence)]
    index = int(nth) - 1 if nth else 0
    if not word or not 0 <= index < len(found):
        raise ValueError(f"the trigger {trigger!r} does not stand in the sentence")
    return found[index]


def examples(folder: Path, held: bool = False) -> list[Example]:
    """The sentences of all files as training examples, like those of a gold report; or of the held-out files alone."""
    found: list[Example] = []
    for path in sorted(folder.glob("*/*.txt")):
        if (path.stem in HELD) == held:
            for line in parse(path)[0]:
                found += _examples(line)
    return found


def _examples(line: Line) -> list[Example]:
    result, at = [], {}
    for s, words in enumerate(words_of(line.text, line.language)):
        example = raw(words, "own-" + line.language, line.report)
        example.events = [{} for _ in words]
        result.append(example)
        for w, (_, token) in enumerate(words):
            at |= {c: (s, w) for c in range(token.start, token.end)}
    for finding in line.findings:
        s, w = at[line.text.index(content_word(line.text[slice(*finding.trigger)]), finding.trigger[0])]
        labels = result[s].events
        assert labels is not None
        labels[w] = finding.labels | labels[w] if "measure" in finding.labels else labels[w] | finding.labels
        row = result[s].roles.setdefault(w, ["none"] * len(labels))
        for role, words_text in sorted(finding.roles, key=lambda r: LAST.get(r[0], 0)):
            if role not in ROLES:
                continue
            whole = re.finditer(r"(?<!\w)" + re.escape(words_text) + r"(?!\w)", line.text)
            spots = [m.start() for m in whole]
            spot = min(spots, key=lambda x: abs(x - finding.trigger[0]), default=None)
            for c in range(spot, spot + len(words_text)) if spot is not None else ():
                if c in at and at[c][0] == s and at[c][1] != w:
                    row[at[c][1]] = role
    return result


def main() -> int:
    """Check files: faults to stderr, counts to stdout; exit 1 on a fault."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=sorted(Path(__file__).parent.glob("reports/*/*.txt")))
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for path in args.paths:
        lines, wrong = parse(path)
        faults += wrong
        counts["sentences"] += len(lines)
        for line in lines:
            for f in line.findings:
                counts[f.labels.get("type", "figure")] += 1
                if "type" in f.labels:
                    counts["status " + f.labels["status"]] += 1
                for role, words in f.roles:
                    if role in ("place", "time", "of") and words not in line.text:
                        faults.append(f"{path}:{f.line}: «{words}» does not stand in the sentence")
                    elif words not in line.text:
                        counts["parties named elsewhere"] += 1
    print("  ".join(f"{k} {v}" for k, v in counts.most_common()))
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
