"""Lagebild reads news reports about conflicts and diplomacy and keeps the picture of the situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["Reader", "__version__", "read", "read_all"]

if TYPE_CHECKING:
    from lagebild.reading.reader import Reader, read, read_all


def __getattr__(name: str) -> object:
    # Loaded on first use: `lagebild --version` must not wait for the weights.
    if name in ("Reader", "read", "read_all"):
        from lagebild.reading import reader

        return getattr(reader, name)
    raise AttributeError(f"module 'lagebild' has no attribute {name!r}")
