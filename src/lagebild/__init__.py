"""Lagebild reads news reports about conflicts and diplomacy and keeps the picture of the situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["Picture", "Reader", "__version__", "open_store", "picture_of", "read", "read_all"]

if TYPE_CHECKING:
    from lagebild.picture import Picture, picture_of
    from lagebild.reading.reader import Reader, read, read_all
    from lagebild.store import open_store


def __getattr__(name: str) -> object:
    # Loaded on first use: `lagebild --version` must not wait for the weights.
    if name in ("Reader", "read", "read_all"):
        from lagebild.reading import reader

        return getattr(reader, name)
    if name == "open_store":
        from lagebild import store

        return store.open_store
    if name in ("Picture", "picture_of"):
        from lagebild import picture

        return getattr(picture, name)
    raise AttributeError(f"module 'lagebild' has no attribute {name!r}")
