"""Files, folders and standard input to reports: finds out what each one is, and tells what cannot be read."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from lagebild.errors import Fault
from lagebild.intake import sniff
from lagebild.intake.report_json import is_report, read_json
from lagebild.intake.streams import (
    BROKEN_GZIP,
    HEAD,
    LARGEST,
    LARGEST_RECORD,
    Endless,
    inflated_head,
    put_back,
    unpacked,
)
from lagebild.intake.text import DecodeError, decode_raw, identity, wide_encoding
from lagebild.model import Report

#: Endings that are taken from a folder; a file that is named itself may have any.
READ_ENDINGS = (
    *(".txt", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".xml", ".csv", ".tsv"),
    *(".parquet", ".warc", ".wacz", ".mbox", ".eml"),
)
_FORMATS = "text, an HTML page, a JSON report or an archive (docs/formats.md)"
_ENDINGS = "docs/formats.md lists the endings that are read"
#: Reads an open file: the file, its name for faults, the beginning of its reports' ids, the columns asked for.
Reader = Callable[[BinaryIO, str, str, "Mapping[str, str] | None"], Iterator["Report | Fault"]]


def load(source: str | os.PathLike[str], columns: Mapping[str, str] | None = None) -> Iterator[Report | Fault]:
    """The reports of a file, of a folder (with all below it, in the order of names) or of `-`, standard input.

    What a file is, its content tells (docs/formats.md lists the formats). Archives are read as they come, one report in
    memory at a time. What cannot be read comes as a Fault in its place, and the rest follows; a Fault that is a `note`
    tells of something that was never meant to be a report. `columns` says which column of tables holds what
    (`{"text": "body"}`), where the names do not say it themselves. The same source always gives the same reports in the
    same order. Raises LagebildError where a format needs a library that is not installed.

    A report's id is the one its format gives (JSON `id`, ninjs `uri`, NewsML-G2 `guid`, a page's address, a mail's
    Message-ID), else its file's name without ending (with its number, if there are several), else (standard input) the
    first 12 hex digits of the text's SHA-256.
    """
    name = os.fspath(source)
    if name == "-":
        yield from _read(sys.stdin.buffer, "standard input", None, "", columns)
        return
    for found in sources(name):
        if isinstance(found, Fault):
            yield found
        else:
            yield from _read_file(found, columns)


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
                ours = ending(path) in READ_ENDINGS and not _special(path)
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
        others = [p.suffix.lower() or "no ending" for p in folder.left if ending(p) not in READ_ENDINGS]
        kinds = Counter(others + ["pipe or device"] * (len(folder.left) - len(others)))
        listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        parts.append(f"{len(folder.left)} file{'s' * (len(folder.left) > 1)} skipped ({listed})")
        advice = _ENDINGS if others else ""
    if folder.linked:
        parts.append(f"{len(folder.linked)} linked folder{'s' * (len(folder.linked) > 1)} not followed")
        advice = advice or "name them to have them read"
    return Fault(source, "", ", ".join(parts), advice, note=True)


def _read_file(path: Path, asked: Mapping[str, str] | None) -> Iterator[Report | Fault]:
    try:
        file = open(path, "rb")  # noqa: SIM115 (closed below; errors of reading are another matter)
    except FileNotFoundError:
        yield Fault(str(path), "", "no such file", "check the name")
        return
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Fault(str(path), "", f"the file cannot be read ({reason})", "check its name and permissions")
        return
    with file:
        try:
            yield from _read(file, str(path), _stem(path), ending(path), asked)
        except OSError as error:
            yield Fault(str(path), "", f"the file cannot be read on ({error.strerror or error})", "check the disk")


def ending(path: Path) -> str:
    """A file's ending in small letters, that of `news.csv.gz` being `.csv`."""
    return (Path(path.stem) if path.suffix.lower() == ".gz" else path).suffix.lower()


def _stem(path: Path) -> str:
    """A file's name without ending: the beginning of the ids of its reports."""
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def _read(
    file: BinaryIO, source: str, name: str | None, ending: str, asked: Mapping[str, str] | None
) -> Iterator[Report | Fault]:
    """The reports of an open file, whatever it is."""
    try:
        head = file.read(HEAD)
        file = put_back(head, file)
        form = sniff.archive(head, ending)
        if form == "gzip":
            within = inflated_head(head, HEAD)
            form = "warc" if within.startswith(b"WARC/") else sniff.archive(within, ending)
            if form != "warc":
                head, file = within, unpacked(file)
        if form in ("gzip", "wacz", "parquet") and file is not None and head.startswith(b"\x1f\x8b"):
            yield Fault(source, "", "a gzip archive in a gzip archive", "unpack it once")
        elif form is not None:
            yield from _READERS[form](file, source, name or "input", asked)
        elif sniff.kind(head.decode("utf-8", "replace"), ending) == "json" and not wide_encoding(head):
            yield from _read_json(file, source, name, asked)
        elif (other := sniff.other_xml(head)) is not None:
            yield Fault(source, "", f"this is {other}", f"give {_FORMATS}")
        else:
            yield from _read_bytes(file.read(LARGEST + 1), source, name, ending)
    except Endless as error:
        yield Fault(source, "", str(error), "the rest of the file is not read")
    except BROKEN_GZIP as error:
        yield Fault(source, "", f"the gzip file is broken ({error})", "what stands before is read")


def _read_json(
    file: BinaryIO, source: str, name: str | None, asked: Mapping[str, str] | None
) -> Iterator[Report | Fault]:
    """JSON lines as they come; one object or a list at once, unless it is too long for that."""
    from lagebild.intake import rows

    first = file.readline(LARGEST_RECORD)
    if first.endswith(b"\n") and is_report(first.decode("utf-8-sig", "replace")):
        yield from rows.reports(put_back(first, file), source, name or "input", asked)
        return
    data = first + file.read(LARGEST + 1 - len(first))
    if len(data) > LARGEST:
        many = rows.list_reports if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") else rows.reports
        file, data, first = put_back(data, file), b"", b""
        yield from many(file, source, name or "input", asked)
        return
    yield from _read_bytes(data, source, name, ".json", asked)


def _one_mail(file: BinaryIO, source: str, name: str, asked: Mapping[str, str] | None) -> Iterator[Report | Fault]:
    from lagebild.intake import mail

    data = file.read(LARGEST_RECORD + 1)
    yield mail.message(None if len(data) > LARGEST_RECORD else data, source, "", name)


def _reader(module: str, columns: bool = False) -> Reader:
    """The reader of a format; its module is loaded when it is needed."""

    def read(file: BinaryIO, source: str, name: str, asked: Mapping[str, str] | None) -> Iterator[Report | Fault]:
        reports = import_module(f"lagebild.intake.{module}").reports
        found: Iterator[Report | Fault] = reports(file, source, name, *([asked] if columns else []))
        return found

    return read


_READERS: dict[str, Reader] = {
    "warc": _reader("warc"),
    "wacz": _reader("warc"),
    "newsml": _reader("newsml"),
    "mbox": _reader("mail"),
    "mail": _one_mail,
    "csv": _reader("tables", columns=True),
    "parquet": _reader("parquet", columns=True),
}


def _read_bytes(
    data: bytes, source: str, name: str | None, ending: str, asked: Mapping[str, str] | None = None
) -> Iterator[Report | Fault]:
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
        yield from read_json(raw, source, name if name is not None else identity(raw), asked)
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
