"""JSON lines and long JSON lists, an object at a time, so that a file of any size is read in bounded memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lagebild.errors import Fault
from lagebild.intake.report_json import ADVICE, read_one, short
from lagebild.intake.streams import LARGEST_RECORD, lines
from lagebild.model import Report

_CHUNK = 1 << 20


def reports(file: BinaryIO, source: str, name: str, asked: Mapping[str, str] | None = None) -> Iterator[Report | Fault]:
    """The reports of JSON lines: our own shape, ninjs items, or rows whose names say what they are."""
    for number, data in enumerate(lines(file), 1):
        where = f"line {number}"
        if data is None:
            yield Fault(source, where, f"larger than {LARGEST_RECORD >> 20} MB", "a report is a few pages long")
            continue
        try:
            line = data.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError as error:
            yield Fault(source, where, f"not UTF-8 (byte {error.start} of the line)", "save the file as UTF-8")
            continue
        if not line:
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Fault(source, where, f"no valid JSON ({short(error, line=False)})", ADVICE)
            continue
        yield read_one(item, source, where, f"{name}-{number}", asked)


def list_reports(
    file: BinaryIO, source: str, name: str, asked: Mapping[str, str] | None = None
) -> Iterator[Report | Fault]:
    """The reports of one long JSON list of UTF-8. A broken object ends the reading: nobody knows where the next begins."""
    decoder, text = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8-sig")()
    buffer, at, number, ended = "", 0, 0, False

    def more(least: int) -> bool:
        """Reads on; False at the end of the file."""
        nonlocal buffer, at, ended
        data = file.read(max(_CHUNK, least))
        ended = not data
        buffer, at = buffer[at:] + text.decode(data, final=ended), 0
        return not ended

    try:
        while True:
            while at < len(buffer) and buffer[at] in " \t\r\n,[" and not (buffer[at] == "[" and number):
                at += 1
            if at == len(buffer):
                if not more(0):
                    yield Fault(
                        source, f"after report {number}", "the JSON list breaks off", "what stands before is read"
                    )
                    return
                continue
            if buffer[at] == "]":
                return
            try:
                item, end = decoder.raw_decode(buffer, at)
                if end == len(buffer) and not ended and not isinstance(item, dict):
                    raise json.JSONDecodeError("breaks off", buffer, end)  # half a number may look whole
            except (ValueError, RecursionError) as error:
                if len(buffer) - at > LARGEST_RECORD or isinstance(error, RecursionError):
                    problem = (
                        "larger than" if not isinstance(error, RecursionError) else "nested too deeply, or larger than"
                    )
                    problem = f"broken or {problem} {LARGEST_RECORD >> 20} MB"
                elif more(len(buffer) - at):
                    continue
                else:
                    problem = f"no valid JSON ({short(error, line=False)})"
                yield Fault(source, f"report {number + 1}", problem, "the rest of the list is not read")
                return
            at, number = end, number + 1
            yield read_one(item, source, f"report {number}", f"{name}-{number}", asked)
    except UnicodeDecodeError:
        yield Fault(source, f"after report {number}", "not UTF-8", "save the file as UTF-8; the rest is not read")
