"""Training data: treebanks (CoNLL-U), names (IOB2, GermEval) and gold reports, as words with labels."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lagebild.intake.zones import breaks
from lagebild.language.analyser import syntactic_words
from lagebild.language.document import Token
from lagebild.language.segment import segment

FEATURES = ("Case", "Gender", "Mood", "Number", "Person", "Tense", "VerbForm", "PronType", "Poss", "Polarity", "Voice")
#: Subtypes that the reading uses; all others are cut, `acl:relcl` too (GSD has it as plain `acl`).
SUBTYPES = frozenset({"nsubj:pass", "aux:pass", "compound:prt", "nmod:poss", "det:poss", "csubj:pass"})
EVENT_FIELDS = ("type", "mode", "issue", "status", "stance", "measure", "precision")
#: A head that a source does not say.
UNKNOWN = -100
ROLES = ("none", "actor", "recipient", "place", "time", "said_by")


@dataclass(slots=True)
class Example:
    """One sentence: forms, whether a space follows each, and the labels that its source has."""

    source: str
    forms: list[str]
    spaces: list[bool]
    upos: list[str] = field(default_factory=list)
    feats: list[dict[str, str]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    events: list[dict[str, str]] | None = None
    roles: dict[int, list[str]] = field(default_factory=dict)
    document: str = ""

    @property
    def bank(self) -> str:
        """The treebank whose conventions hold here; German names are asked for as GermEval has them."""
        if self.source.startswith(("germeval", "own-names-de", "own-trees-de", "silver-de")):
            return "de_gsd"
        return "en_ewt" if self.source == "own-names-en" else self.source.split("-ud-")[0]


def relation(deprel: str) -> str:
    return deprel if deprel in SUBTYPES else deprel.split(":")[0]


def treebank(path: Path) -> list[Example]:
    """All sentences of a CoNLL-U file; words of a multi-word token keep their own forms. What is `_` is not known."""
    source = path.stem.split("-ud-")[0].split("-sources")[0]
    found, now, inside = [], Example(source, [], []), 0
    for line in path.read_text("utf-8").splitlines():
        if not line:
            if now.forms:
                found.append(now)
            now, inside = Example(source, [], []), 0
            continue
        if line.startswith("#"):
            continue
        c = line.split("\t")
        if "." in c[0]:
            continue
        if "-" in c[0]:
            inside = int(c[0].split("-")[1])
            continue
        now.forms.append(c[1])
        now.spaces.append("SpaceAfter=No" not in c[9] or int(c[0]) <= inside)
        now.upos.append(c[3])
        feats = dict(f.split("=", 1) for f in c[5].split("|") if "=" in f)
        now.feats.append({k: v for k, v in feats.items() if k in FEATURES})
        now.heads.append(UNKNOWN if c[6] == "_" else int(c[6]))
        now.deprels.append(relation(c[7]))
    if now.forms:
        found.append(now)
    return found


def iob(path: Path) -> list[Example]:
    """Names: Universal NER (.iob2) or GermEval (.tsv, outer chunks; deriv and part are no names)."""
    found, now = [], Example(path.stem, [], [])
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if not line.strip():
            if now.forms:
                found.append(now)
            now = Example(path.stem, [], [])
            continue
        if line.startswith("#"):
            continue
        c = line.split("\t")
        label = c[2]
        if label[2:] not in ("PER", "ORG", "LOC", "OTH"):
            label = "O"
        now.forms.append(c[1])
        now.names.append(label)
    for e in found:
        e.spaces = spacing(e.forms)
    return found


def marked(path: Path) -> list[Example]:
    """Sentences of our own, one a line, with names in brackets: «[ORG Arminia Bielefeld] gewann in [LOC Jena].»"""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        plain, spans = "", []
        for part in re.split(r"(\[(?:PER|ORG|LOC|OTH) [^\[\]]+\])", line.strip()):
            if part.startswith("[") and part.endswith("]"):
                kind, name = part[1:-1].split(" ", 1)
                spans.append((len(plain), len(plain) + len(name), kind))
                plain += name
            else:
                plain += part
        for words in words_of(plain, path.parent.name):
            example = raw(words, "own-names-" + path.parent.name)
            for i, (_, token) in enumerate(words):
                kind = next((k for a, b, k in spans if a <= token.start and token.end <= b), None)
                begins = any(a == token.start for a, _, _ in spans) and not (i and words[i - 1][1].start == token.start)
                example.names.append("O" if kind is None else f"{'B' if begins else 'I'}-{kind}")
            found.append(example)
    return found


def spacing(forms: list[str]) -> list[bool]:
    """Whether a space follows each word, for files that do not say: as German and English are written."""
    spaces, opened = [], False
    for form, after in zip(forms, [*forms[1:], ""], strict=True):
        if form == '"':
            opened = not opened
        closes = after == '"' and opened
        opens = form == '"' and opened
        glued = closes or opens or form in _OPENING or after in _CLOSING
        spaces.append(not glued)
    return spaces


_OPENING = frozenset(["(", "[", "„"])
_CLOSING = frozenset(
    [",", ".", ";", ":", "!", "?", ")", "]", "”", "%", "'s", "'S", "n't", "'re", "'ve", "'ll", "'m", "'d", "’s"]
)


def words_of(text: str, language: str) -> list[list[tuple[str, Token]]]:
    """Sentences of syntactic words as the program reads them: «zum» is «zu dem», both with the token's offsets."""
    return [
        [word for token in tokens for word in syntactic_words(text, token, language)]
        for tokens in segment(text, language, breaks(text))
    ]


def raw(words: list[tuple[str, Token]], source: str, document: str = "") -> Example:
    """A sentence without labels."""
    forms = [form for form, _ in words]
    return Example(source, forms, [token.space_after for _, token in words], document=document or source)


def content_word(trigger: str) -> str:
    """The word of a trigger that names the act: of several («auf die Strasse») the longest."""
    return max(trigger.split(), key=len)


def triggers(gold: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The events of an annotated report, each with the character at which its trigger's content word begins.

    Findings that copy the same words are told apart by their order.
    """
    text, seen = gold["text"], Counter[str]()
    for f in gold["findings"]:
        if f["kind"] != "event":
            continue
        key = f["evidence"] + "|" + f["type"] + f["trigger"]
        start = text.find(f["evidence"])
        for _ in range(seen[key]):
            again = text.find(f["evidence"], start + 1)
            start = again if again >= 0 else start
        seen[key] += 1
        inner = re.search(r"(?<!\w)" + re.escape(f["trigger"]) + r"(?!\w)", f["evidence"])
        yield start + f["evidence"].index(content_word(f["trigger"]), inner.start() if inner else 0), f


def report(path: Path) -> list[Example]:
    """A gold report's sentences with events on trigger words and roles on the words of the parties' texts."""
    gold = json.loads(path.read_text("utf-8"))
    text = gold["text"]
    examples, at = [], {}
    for s, words in enumerate(words_of(text, gold.get("language") or "de")):
        example = raw(words, "gold", path.stem)
        example.events = [{} for _ in words]
        examples.append(example)
        for w, (_, token) in enumerate(words):
            at |= {c: (s, w) for c in range(token.start, token.end)}
    used: Counter[str] = Counter()
    for f in gold["findings"]:
        key = f["evidence"]
        start = text.find(key)
        # The same sentence may stand twice: the second finding of the same kind there belongs to the second place.
        seen = key + "|" + str(f.get("type")) + f["trigger"]
        for _ in range(used[seen]):
            again = text.find(key, start + 1)
            start = again if again >= 0 else start
        used[seen] += 1
        inner = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(f["trigger"]) + r"(?!\w)", key)] or [
            key.find(f["trigger"])
        ]
        place = at.get(start + key.index(content_word(f["trigger"]), inner[0]))
        if place is None:
            continue
        s, w = place
        labels = examples[s].events
        assert labels is not None
        if f["kind"] == "event":
            labels[w] |= {
                "type": f["type"],
                "mode": f.get("mode") or "none",
                "issue": f.get("issue") or "none",
                "status": f["status"],
                "stance": f["stance"],
            }
        else:
            labels[w] |= {"measure": f["measure"], "precision": f["precision"]}
            labels[w].setdefault("stance", f["stance"])
        row = examples[s].roles.setdefault(w, ["none"] * len(labels))
        parties = [("place", f.get("place")), ("time", f.get("time"))]
        parties += [("said_by", p) for p in f["said_by"]]
        parties += [("actor", p) for p in f.get("actors", [])] + [("recipient", p) for p in f.get("recipients", [])]
        for role, p in parties:
            if not p:
                continue
            spot = text.find(p["text"], start, start + len(key))
            if spot < 0:
                nearest = [
                    m.start() for m in re.finditer(re.escape(p["text"]), text) if at.get(m.start(), (-1,))[0] == s
                ]
                if not nearest:
                    continue
                spot = nearest[0]
            for c in range(spot, spot + len(p["text"])):
                if c in at and at[c][0] == s:
                    row[at[c][1]] = role
    return examples
