"""A stand-in for the reader, for tests of intake and command line: every «Kerry» is a meeting, «Zulu» unreadable."""

from __future__ import annotations

import re
from dataclasses import replace

from lagebild.errors import UnreadableReport
from lagebild.model import Event, Figure, Party, Report, Time


class FakeReader:
    def read_report(self, report: Report) -> Report:
        if "Zulu" in report.text:
            raise UnreadableReport("the text is neither German nor English; leave it out")
        if "Kaboom" in report.text:
            raise RuntimeError("boom")
        found: list[Event | Figure] = []
        for number, match in enumerate(re.finditer("Kerry", report.text), 1):
            span = match.span()
            found.append(
                Event(f"e{number}", "CONSULT", "occurred", "Kerry", "Kerry", span, span,
                      actors=(Party("Kerry", "John Kerry", "USA"),),
                      time=Time("Freitag", report.published, report.published))
            )  # fmt: skip
        for match in re.finditer("3600", report.text):
            found.append(Figure("f1", "killed", 3600.0, "exact", "3600", "3600", match.span(), match.span()))
        return replace(report, findings=tuple(found), language=report.language or "de", reader="fake")


def make() -> FakeReader:
    return FakeReader()
