"""What was read in a text, for the next report with the same words: papers print word for word what an agency sent.

Files in the dataset's folder, so that all workers find what one of them has read. What is found in a text depends on the text, its
headline, its language and the day it was published alone, so a reading that is found here gives the same rows as one anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

from lagebild.corpus import rows
from lagebild.errors import ShapeError
from lagebild.intake.zones import zones
from lagebild.model import Report


def folder(out: str | os.PathLike[str]) -> Path:
    """The folder of a dataset where readings lie while a run goes on."""
    return Path(out, "_corpus", "readings")


def forget(out: str | os.PathLike[str]) -> None:
    """Removes all readings."""
    shutil.rmtree(folder(out), ignore_errors=True)


class Readings:
    """The readings of one dataset, which are all of the same version of the reader."""

    def __init__(self, out: str | os.PathLike[str]) -> None:
        self._folder = folder(out)

    def find(self, report: Report) -> Report | None:
        """The report with what was read in its text before, if that was."""
        try:
            kept = json.loads(zlib.decompress(self._path(report).read_bytes()))
            found = rows.read_again(report, kept["reading"])
            return replace(found, reader=kept["reader"], zones=zones(report.text))
        except (OSError, zlib.error, ValueError, KeyError, TypeError, ShapeError):
            return None  # not there, or half written when the power went

    def keep(self, read: Report, reading: str) -> None:
        """Keeps what was read; `reading` is the column of that name."""
        path = self._path(read)
        part = path.with_suffix(f".{os.uname().nodename}-{os.getpid()}")
        with contextlib.suppress(OSError):  # a full disk shows where the rows are written
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(zlib.compress(json.dumps({"reader": read.reader, "reading": reading}).encode("ascii"), 1))
            part.rename(path)

    def _path(self, report: Report) -> Path:
        plain = json.dumps([report.text, report.title, report.language, report.published])
        name = hashlib.sha256(plain.encode("ascii")).hexdigest()
        return self._folder / name[:2] / name[2:]
