"""The store: reports with their findings and what people set right, in one SQLite file that many may read."""

from __future__ import annotations

import os
from contextlib import suppress

from lagebild.store.connection import WAIT, StoreError, connect, store_path
from lagebild.store.query import Store, Version
from lagebild.store.records import Correction, KeptReport, Outline, PartyDecision, Ref, Target
from lagebild.store.write import Writer

__all__ = [
    "Correction",
    "KeptReport",
    "Outline",
    "PartyDecision",
    "Ref",
    "Store",
    "StoreError",
    "Target",
    "Version",
    "Writer",
    "open_store",
    "open_writer",
    "store_path",
]


def open_store(path: str | os.PathLike[str] | None = None) -> Store:
    """Opens a store for reading, as a context manager; `path` as in `store_path`. Raises StoreError.

    >>> with open_store("store.sqlite") as store:
    ...     for kept in store.reports(at="2014-10-18", parties=["Ukraine"]):
    ...         print(kept.published, kept.publisher, kept.id, len(kept.findings))
    """
    found = store_path(path)
    return Store(found, connect(found, write=False))


def open_writer(path: str | os.PathLike[str] | None = None, wait: float = WAIT) -> Writer:
    """Opens a store for writing and makes it if there is none. `wait`: seconds to wait for another writer."""
    found = store_path(path)
    writer = Writer(found, connect(found, write=True, wait=wait))
    with suppress(StoreError):  # what a dead process has left to do must not keep this one from its work
        writer.scrub(wait=False)
    return writer
