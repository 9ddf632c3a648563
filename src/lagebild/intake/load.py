"""Files, folders and standard input to reports: finds out what each one is, and tells what cannot be read."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
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
_ENDINGS = "files with these endings are read: .txt, .html, .json, .jsonl"


def load(source: str | os.PathLike[str]) -> Iterator[Report | Fault]:
    """The reports of a file, of a folder (with all below it, in the order of names) or of `-`, standard input.

    What cannot be read comes as a Fault in its place, and the rest follows. A report's id is the one its JSON gives,
    else its file's name without ending, else (standard input) the first 12 hex digits of the text's SHA-256.
    """
    name = os.fspath(source)
    if name == "-":
        yield from _read_bytes(sys.stdin.buffer.read(LARGEST + 1), "standard input", None, "")
        return
    for found in sources(name):
        if isinstance(found, Fault):
            yield found
        else:
            yield from _read_file(found)


def sources(source: str) -> Iterator[Path | Fault]:
    """The files that a name stands for: itself, or a folder's in the order of names, after a line on what is left out."""
    if not source:
        yield Fault("''", "", "this is no file name", "give a file, a folder or -")
    elif not os.path.isdir(source):
        yield Path(source)
    else:
        folder = _look_into(source)
        for name, reason in folder.closed:
            yield Fault(name, "", f"the folder cannot be opened ({reason})", "check its permissions")
        if (folder.left and folder.taken) or folder.linked:
            yield _skipped(source, folder)
        if not folder.taken and not folder.closed:
            yield Fault(source, "", "no reports in this folder", _ENDINGS)
        yield from folder.taken


def files(source: str) -> int:
    """How many files `sources` gives for a name."""
    return len(_look_into(source).taken) if os.path.isdir(source) else 1


@dataclass(frozen=True, slots=True)
class _Folder:
    """What stands below a folder; hidden files and folders are passed over."""

    taken: list[Path]
    left: list[Path]
    linked: list[str]  # linked folders: following them may lead in circles
    closed: list[tuple[str, str]]  # folders that cannot be opened, with the reason


def _look_into(source: str) -> _Folder:
    found = _Folder([], [], [], [])

    def closed(error: OSError) -> None:
        found.closed.append((str(error.filename), error.strerror or "no reason given"))

    for folder, folders, names in os.walk(source, onerror=closed):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found.linked.extend(f for f in folders if os.path.islink(os.path.join(folder, f)))
        for name in names:
            path = Path(folder, name)
            if not name.startswith("."):
                ours = path.suffix.lower() in READ_ENDINGS and not _special(path)
                (found.taken if ours else found.left).append(path)
    found.taken.sort(key=lambda p: p.parts)
    return found


def _special(path: Path) -> bool:
    """Whether it is a pipe, a socket or a device: reading one may never end. (A named one is meant, as in `<(…)`.)"""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # opening it will say what is wrong
    return not stat.S_ISREG(mode)


def _skipped(source: str, folder: _Folder) -> Fault:
    """The note that files of a folder were left out, and why."""
    parts, advice = [], ""
    if folder.left:
        others = [p.suffix.lower() or "no ending" for p in folder.left if p.suffix.lower() not in READ_ENDINGS]
        kinds = Counter(others + ["pipe or device"] * (len(folder.left) - len(others)))
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        parts.append(f"{len(folder.left)} file{'s' * (len(folder.left) > 1)} skipped ({listed})")
        advice = _ENDINGS if others else ""
    if folder.linked:
        parts.append(f"{len(folder.linked)} linked folder{'s' * (len(folder.linked) > 1)} not followed")
        advice = advice or "name them to have them read"
    return Fault(source, "", ", ".join(parts), advice, note=True)


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
