"""What stands behind and beside a line of a page: the words of reports with their address, the mark of a state."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from lagebild.picture.told import Refs

#: A mark for each state, so that none is told by colour alone; and its tone, a class of the style sheet.
STATES = {
    "in force": ("●", "good"), "kept": ("●", "good"), "fulfilled": ("✓", "good"), "met": ("✓", "good"), "given": ("●", "good"),
    "took place": ("✓", "good"), "agreed": ("◐", "open"), "promised": ("◐", "open"), "partly": ("◐", "open"),
    "upcoming": ("→", "open"), "proposed": ("○", "open"), "demanded": ("!", "open"), "open": ("○", "open"), "planned": ("▷", "open"),
    "considered": ("◇", "open"), "broken": ("✕", "bad"), "cancelled": ("✕", "bad"), "disputed": ("≠", "torn"), "imposed": ("■", "bad"),
    "eased": ("▽", "open"), "lifted": ("✓", "good"), "postponed": ("↷", "open"), "occurred": ("●", "plain"), "ongoing": ("▶", "plain"),
    "conditional": ("◆", "open"), "denied": ("✕", "torn"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a report behind a line."""

    ref: str
    words: str
    publisher: str
    day: str
    language: str | None
    href: str

    @property
    def report(self) -> str:
        return self.ref.rpartition("#")[0]


def digest(refs: Refs) -> str:
    """Names a line by the findings behind it."""
    return sha256("\0".join(refs).encode("utf-8", "surrogatepass")).hexdigest()[:16]
