"""Archives to reports and findings as a Parquet dataset, on the cores of one machine or on a cluster (docs/corpus.md)."""

from __future__ import annotations

from lagebild.corpus.dataset import is_dataset, reports
from lagebild.corpus.extra import CorpusError
from lagebild.corpus.job import Options, Outcome, run

__all__ = ["CorpusError", "Options", "Outcome", "is_dataset", "reports", "run"]
