"""What can go wrong with a report: the exceptions of the program and the one-line fault that people read."""

from __future__ import annotations

from dataclasses import dataclass


class LagebildError(Exception):
    """Base of all errors that the program raises itself; its text is one line that says what to do."""


class UnreadableReport(LagebildError):
    """A report that cannot be read (another language, no text): the others still are."""


class ShapeError(LagebildError):
    """JSON that is not a report of the shape in docs/findings.md; the text names the key."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read: `source` is the file, `where` the line or report within it (or empty).

    A `note` tells of something left out on purpose (a picture in a folder); it is no error.
    """

    source: str
    where: str
    message: str
    advice: str = ""
    note: bool = False

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.source, self.where) if part)
        line = f"{place}: {self.message}" + (f"; {self.advice}" if self.advice else "")
        # A fault is one line, whatever a file name or an id holds.
        return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(line.split()))
