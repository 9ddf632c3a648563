"""Faults of one kind in one file are said a few times, then counted: a bad archive has a million."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lagebild.errors import Fault
from lagebild.model import Report

#: Faults of a kind that are said one by one.
SAID = 10


def spared(items: Iterable[Report | Fault], said: int = SAID) -> Iterator[Report | Fault]:
    """The same items, of each kind of fault the first few; at the end how many more of each kind there were."""
    seen: Counter[tuple[str, bool]] = Counter()
    source = ""
    for item in items:
        if isinstance(item, Fault):
            source = source or item.source
            key = (kind_of(item), item.note)
            seen[key] += 1
            if seen[key] > said:
                continue
        yield item
    for (kind, note), count in seen.items():
        if count > said:
            yield Fault(source, "", f"{count - said} more like this: {kind}", note=note)


def kind_of(fault: Fault) -> str:
    """What a fault says without what differs from record to record: brackets, quotations, numbers."""
    return re.sub(r"\s+", " ", re.sub(r"\([^)]*\)?|'[^']*'|\d+", "…", fault.message.partition(": ")[0])).strip(" …")
