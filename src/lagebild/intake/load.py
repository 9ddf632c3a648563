"""Files, folders and standard input to reports: finds out what each one is, and tells what cannot be read."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lagebild.errors import Fault
from lagebild.intake import sniff
from lagebild.intake.report_json import read_json
from lagebild.intake.text import DecodeError, decode_raw, identity
from lagebild.model import Report

#: Endings that are taken from a folder; a file that is named itself may have any.
READ_ENDINGS = (".txt", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")
#: More than this in one file is a mistake or a corpus, and is not taken into memory at once.
LARGEST = 256 * 1024 * 1024
_FORMATS = "text, an HTML page or a JSON report"


def load(source: str | os.PathLike[str]) -> Iterator[Report | Fault]:
    """The reports of a file, of a folder (with all below it, in the order of names) or of `-`, standard input.

    What cannot be read comes as a Fault in its place, and the rest follows. A report's id is the one its JSON gives,
    else its file's name without ending, else (standard input) the first 12 hex digits of the text's SHA-256.
    """
    name = os.fspath(source)
    if name == "-":
        yield from _read_bytes(sys.stdin.buffer.read(LARGEST + 1), "standard input", None, "")
        return
    path = Path(name)
    if path.is_dir():
        yield from _read_folder(path)
    else:
        yield from _read_file(path)


def files(source: str | os.PathLike[str]) -> tuple[list[Path], list[Path]]:
    """The files that `load` takes from a folder, and those that it leaves out; hidden ones count as neither."""
    taken: list[Path] = []
    left: list[Path] = []
    for folder, folders, names in os.walk(source):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(folder, name)
                (taken if path.suffix.lower() in READ_ENDINGS else left).append(path)
    return sorted(taken, key=lambda p: p.parts), left


def _read_folder(folder: Path) -> Iterator[Report | Fault]:
    try:
        os.listdir(folder)
    except OSError as error:
        yield Fault(str(folder), "", f"the folder cannot be opened ({error.strerror})", "check its permissions")
        return
    taken, left = files(folder)
    endings = ", ".join(f".{e}" for e in ("txt", "html", "json", "jsonl"))
    if not taken:
        yield Fault(str(folder), "", "no reports in this folder", f"files with these endings are read: {endings}")
        return
    if left:
        yield skipped(folder, left)
    for path in taken:
        yield from _read_file(path)


def skipped(folder: str | os.PathLike[str], left: Sequence[Path]) -> Fault:
    """The note that files of a folder were left out for their endings."""
    kinds = Counter(path.suffix.lower() or "no ending" for path in left)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    message = f"{len(left)} file{'s' * (len(left) > 1)} skipped ({listed})"
    return Fault(
        os.fspath(folder), "", message, "files with these endings are read: .txt, .html, .json, .jsonl", note=True
    )


def _read_file(path: Path) -> Iterator[Report | Fault]:
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        yield Fault(str(path), "", "no such file", "check the name")
        return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Fault(str(path), "", f"the file cannot be read ({reason})", "check its name and permissions")
        return
    yield from _read_bytes(data, str(path), path.stem, path.suffix)


def _read_bytes(data: bytes, source: str, name: str | None, ending: str) -> Iterator[Report | Fault]:
    if not data.strip(b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"):
        yield Fault(source, "", "the file is empty" if name is not None else "it is empty", f"give {_FORMATS}")
        return
    if len(data) > LARGEST:
        yield Fault(source, "", f"larger than {LARGEST >> 20} MB", "split it into files of one report each")
        return
    found = sniff.binary(data)
    if found:
        yield Fault(source, "", f"this is {found}, not text", f"save it as {_FORMATS}")
        return
    try:
        raw = _decoded(data, ending)
    except DecodeError as error:
        yield Fault(source, "", f"wrong encoding: {error}", "save it as UTF-8")
        return
    kind = sniff.kind(raw, ending)
    if kind == "json":
        yield from read_json(raw, source, name if name is not None else identity(raw))
        return
    text = raw.replace("\r\n", "\n")
    if kind == "html":
        from lagebild.intake.html import read_html

        report = read_html(text, name or "")
        if report is None:
            yield Fault(source, "", "no article in this page", "save the article's own page, or its text as .txt")
        elif name is None:
            yield _renamed(report)
        else:
            yield report
        return
    if not text.strip():
        yield Fault(source, "", "nothing but white space", f"give {_FORMATS}")
        return
    yield Report(id=name if name is not None else identity(text), text=text)


def _decoded(data: bytes, ending: str) -> str:
    if ending.lower() in (".html", ".htm", ".xhtml") or data[:512].lstrip().startswith(b"<"):
        from lagebild.intake.html import declared_encoding

        try:
            return data.decode("utf-8-sig")  # a page that is UTF-8 is so whatever its head says
        except UnicodeDecodeError:
            declared = declared_encoding(data)
            if declared:
                return data.decode(declared, "replace")
    return decode_raw(data)


def _renamed(report: Report) -> Report:
    from dataclasses import replace

    return replace(report, id=identity(report.text))
