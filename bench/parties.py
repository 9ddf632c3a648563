"""Counts parties that the picture takes for one although they are two, over reports whose parties were named by annotators.

usage: python bench/parties.py --data FOLDER [--readings FILE] [--show] [--out docs/parties.md]

All reports of gold/dev and gold/train are read and put together as the picture does. A party as read is taken for the party that
annotators named with the same words in the same report; words that they gave to more than one are left aside. An identity is
wrong if it holds two parties that the annotators tell apart: other countries, or names of which neither is contained in the other
once words for the government, its people and its members are taken off. Of these, `joined` were read under the right names and
joined by the picture; in the others the reader gave a party another one's name. `names as annotated` feeds the annotators' own
names to the picture's rules.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from common import machine, read, records

from lagebild.lexicon.countries import countries
from lagebild.lexicon.names import fold, sound
from lagebild.model import Party
from lagebild.picture.identities import Identities
from lagebild.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
Name = tuple[str, str | None]
HEAD = """# Parties across reports

Written by `make parties DATA=…`; one run, {machine}. How the picture decides who is who: [picture.md](picture.md).

The reports of `gold/dev` and `gold/train` are put together, and the identities of the picture are compared with the names that
annotators gave to the same words. An identity holds two parties if their countries differ, or if neither name is contained
in the other once words for government, members and people are taken off. `joined`: both parties were read under their own
names, and the picture took them for one. In the rest the reader had given one party another's name. A state and its
government, a body and its members are one by intent."""
KINDS = {"state": "states", "organ": "states", "organisation": "organisations", "group": "groups", "person": "persons"}
#: Words that say of what sort a party is, not which one it is.
SORT = frozenset(
    """
    the of and in for a an s government governments authorities authority officials official administration cabinet coalition interim
    transitional members member state states republic kingdom people citizens population public nation spokesman spokeswoman
    spokesperson representatives delegation leaders leadership ministers forces force troops soldiers soldier army armed military
    fighters rebels police officers officer parliament parliamentarians lawmakers court courts judges group
    """.split()  # noqa: SIM905
)


@dataclass
class Joined:
    """An identity, with the annotators' parties of its mentions by the name under which each was read."""

    id: str
    kind: str
    told: dict[Name, Counter[Name]] = field(default_factory=lambda: defaultdict(Counter))

    def parties(self) -> list[tuple[Name, Name]]:
        """Annotators' parties with the name under which they were mostly read, most mentioned first."""
        counts: dict[Name, Counter[Name]] = defaultdict(Counter)
        for as_read, gold in self.told.items():
            for name, number in gold.items():
                counts[name][as_read] += number
        ranked = sorted(counts, key=lambda n: (-sum(counts[n].values()), n[0]))
        return [(name, counts[name].most_common(1)[0][0]) for name in ranked]

    def wrong(self) -> list[tuple[tuple[Name, Name], tuple[Name, Name]]]:
        """Pairs of parties that are not one, each with the name as read."""
        return [(a, b) for a, b in combinations(self.parties(), 2) if not same(a[0], b[0])]

    def joined(self) -> list[tuple[tuple[Name, Name], tuple[Name, Name]]]:
        """Those pairs of which both are read under their own names."""
        return [(a, b) for a, b in self.wrong() if all(own_words(n) for n in (a[1], b[1])) and same(*a) and same(*b)]


def same(one: Name, other: Name) -> bool:
    """Whether annotators mean one party by both names."""
    if one[1] is not None and other[1] is not None and one[1] != other[1]:
        return False
    first, second = (own_words(name) for name in (one, other))
    return first <= second or second <= first or _initials(one[0]) in second or _initials(other[0]) in first


def _initials(name: str) -> str:
    """The initials of a name's capitalised words, as `own_words` has words."""
    letters = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
    return sound(letters.casefold()) if len(letters) > 1 else ""


def own_words(name: Name) -> frozenset[str]:
    """The words of a name that say which party it is; a country's name in all its forms is one word."""
    found = set()
    for word in re.findall(r"\w+", fold(name[0])):
        found.add(name[1].casefold() if name[1] and word in _forms(name[1]) else sound(word))
    return frozenset(w for w in found if w not in {sound(s) for s in SORT} and w not in SORT)


def _forms(code: str) -> frozenset[str]:
    country = countries().get(code)
    if country is None:
        return frozenset()
    text = " ".join(
        (
            country.name,
            country.adjective,
            country.plural,
            *country.english,
            *country.houses,
            *country.names.get("en", ()),
        )
    )
    return frozenset(re.findall(r"\w+", fold(text))) | {"us", "uk", "british"} & (
        {"us"} if code == "USA" else {"uk", "british"} if code == "GBR" else set()
    )


def parties_in(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Party, str | None]]:
    """Report, party and language for each mention of a party in reports as JSON."""
    for row in rows:
        for finding in row["findings"]:
            for part in ("actors", "recipients", "said_by"):
                for p in finding.get(part) or ():
                    party = Party(p["text"], p["name"], p["country"], p.get("kind"), p.get("role"))
                    yield row["id"], party, row.get("language")


def joined(gold: list[dict[str, Any]], rows: list[dict[str, Any]]) -> tuple[list[Joined], int, int]:
    """Identities of the reports as read, how many mentions they have and how many of those annotators named."""
    named: dict[tuple[str, str], set[Name]] = defaultdict(set)
    for report, party, _ in parties_in(gold):
        named[report, fold(party.text)].add((party.name, party.country))
    found = list(parties_in(rows))
    identities = Identities(found)
    result: dict[str, Joined] = {}
    aligned = 0
    for report, party, _ in found:
        id = identities.of(report, party)
        one = result.setdefault(id, Joined(id, identities.kind(id)))
        names = named.get((report, fold(party.text)), set())
        if len(names) == 1:
            one.told[party.name, party.country][next(iter(names))] += 1
            aligned += 1
    return list(result.values()), len(found), aligned


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--readings", type=Path, help="what `lagebild read --json` printed for these reports")
    parser.add_argument("--show", action="store_true", help="print every wrong identity")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "parties.md")
    args = parser.parse_args()
    gold = [row for name in ("dev", "train") for row in records(args.data / "gold" / name)]
    if args.readings:
        rows = [json.loads(line) for line in args.readings.read_text("utf-8").splitlines()]
    else:
        rows = list(read(Reader(threads=1), gold))
    lines = [f"{HEAD.format(machine=machine())}"]
    for title, told in (("as read", rows), ("names as annotated", gold)):
        found, mentions, aligned = joined(gold, told)
        lines.append(
            f"\n{title[0].upper()}{title[1:]}: {len(told)} reports, {mentions} mentions, {aligned} of them named by annotators.\n"
        )
        lines += ["| identities | all | of several names | holding two parties | joined |", "|---|---|---|---|---|"]
        for kind in dict.fromkeys(KINDS.values()):
            mine = [one for one in found if KINDS.get(one.kind) == kind]
            wrong = [one for one in mine if one.wrong()]
            several = sum(len(one.parties()) > 1 for one in mine)
            by_us = [one for one in mine if one.joined()]
            lines.append(f"| {kind} | {len(mine)} | {several} | {_share(wrong, mine)} | {_share(by_us, mine)} |")
            if args.show:
                for one in wrong:
                    shown = "; ".join(
                        f"{a[0]} read {a[1]} ≠ {b[0]} read {b[1]}" for a, b in one.joined() or one.wrong()
                    )
                    print(title, "joined" if one.joined() else "misread", one.id, shown, sep=" | ")
    page = "\n".join(lines) + "\n"
    args.out.write_text(page, "utf-8")
    print(page)


def _share(some: list[Joined], all_: list[Joined]) -> str:
    return f"{len(some)} ({100 * len(some) / max(1, len(all_)):.1f} %)"


if __name__ == "__main__":
    main()
