"""What every format is made of: its description, what it has written and what it left out, and helpers for their cells."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import IO, Any

from lagebild.errors import LagebildError
from lagebild.export.view import View
from lagebild.picture.parts import Case

#: What is told as real; all else misleads in a format that cannot say so.
REAL = ("occurred", "ongoing")


@dataclass(slots=True)
class Written:
    """What an export holds: the number of rows, what they are, and how many were left out and why.

    `unreal` counts cases by the status (planned, denied …) for which they were left out, `beyond` by reasons that no option
    changes: what the format asks for and the reports do not tell.
    """

    what: str
    rows: int = 0
    unreal: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """One line for people."""
        parts = [f"{self.rows} {self.what}{'' if self.rows == 1 else 's'} written"]
        if self.unreal:
            parts.append(f"left out: {_counted(self.unreal)} (--all-statuses takes them in)")
        if self.beyond:
            parts.append(f"not held by this format: {_counted(self.beyond)}")
        return "; ".join(parts)


def _counted(reasons: Counter[str]) -> str:
    return ", ".join(f"{number} {reason}" for reason, number in sorted(reasons.items(), key=lambda r: (-r[1], r[0])))


@dataclass(frozen=True, slots=True)
class Format:
    """A format of `lagebild export`.

    `write(view, out, every)` writes a view and says what it wrote; `every`: also what is not told as real. `statuses`: the
    format can say how real a row is, so that nothing needs to be left out. `binary`: not for a terminal.
    """

    name: str
    title: str
    write: Callable[[View, IO[bytes], bool], Written]
    statuses: bool = False
    binary: bool = False


class MissingLibrary(LagebildError):
    """A format needs a library that is not installed; the text says how to get it."""


def standing(case: Case) -> str:
    """The status of a case; `doubted` where everybody who tells of it doubts that it happened."""
    if case.status in REAL and all(m.stance == "doubts" for m in case.mentions):
        return "doubted"
    return case.status


def real_cases(cases: Iterable[Case], every: bool, written: Written) -> Iterable[Case]:
    """The cases that are told as real, or all; those left out are counted."""
    for case in cases:
        if every or (status := standing(case)) in REAL:
            yield case
        else:
            written.unreal[status] += 1


def number_of(*parts: str | None) -> int:
    """A number that stands for these parts, the same in every run: 48 bits, so that every program can hold it."""
    digest = hashlib.blake2b("\0".join(part or "" for part in parts).encode("utf-8", "surrogatepass"), digest_size=6)
    return int.from_bytes(digest.digest(), "big")


def line(text: str | None) -> str:
    """Text on one line, for formats in which a line break or a tab ends something."""
    return " ".join((text or "").split())


def encoded(text: str) -> bytes:
    """UTF-8; lone surrogates, which JSON may bring, become question marks."""
    return text.encode("utf-8", "replace")


def on_lines(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose texts hold no line break: readers of these tables end a row at any, a lone carriage return as well."""
    return {name: line(value) if isinstance(value, str) else value for name, value in row.items()}
