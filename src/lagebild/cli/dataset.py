"""What `lagebild add` does with folders that `lagebild corpus` wrote: their reports are kept as they were read."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lagebild.errors import Fault, LagebildError

if TYPE_CHECKING:
    from lagebild.corpus.dataset import Selection
    from lagebild.store import Writer
    from lagebild.store.adding import Added


def datasets_of(options: argparse.Namespace) -> tuple[list[str], list[str]]:
    """The sources that are datasets, and the others. Raises LagebildError if a selection is asked of the others."""
    datasets = [source for source in options.sources if _is_dataset(source)]
    others = [source for source in options.sources if source not in datasets]
    if others and (options.dossier or options.since or options.until):
        raise LagebildError(
            f"{others[0]} is no dataset of `lagebild corpus`; --dossier, --since and --until choose from datasets only"
        )
    return datasets, others


def _is_dataset(source: str) -> bool:
    if not os.path.isdir(source):
        return False
    from lagebild.corpus.dataset import is_dataset

    return is_dataset(source)


def from_datasets(writer: Writer, datasets: Iterable[str], options: argparse.Namespace) -> Iterator[Added | Fault]:
    """Keeps the chosen reports of datasets with the findings that were read in them."""
    for path in datasets:
        from lagebild.corpus.dataset import reports
        from lagebild.store.adding import keep

        chosen, empty = _selection(writer.path, options), True
        for item in reports(path, chosen):
            empty = False
            yield item if isinstance(item, Fault) else keep(writer, item)
        if empty:
            yield Fault(
                path, "", "no report of this dataset is chosen", "choose a longer time or another dossier", note=True
            )


def _selection(store: Path, options: argparse.Namespace) -> Selection:
    from lagebild.corpus.dataset import Selection

    if not options.dossier:
        return Selection(options.since, options.until)
    from lagebild.picture.dossiers import dossier

    found = dossier(options.dossier, store)
    return Selection(options.since, options.until, found.parties, found.places, found.words, found.match == "all")
