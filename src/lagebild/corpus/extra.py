"""The libraries of the extra `lagebild[cluster]`: loaded when a corpus is asked for, with a line that says what is missing."""

from __future__ import annotations

import importlib
import os
from typing import Any

from lagebild.errors import LagebildError


class CorpusError(LagebildError):
    """A corpus run or dataset that cannot go on; the text says what to do."""


def needed(name: str) -> Any:
    """The module of this name. Raises CorpusError if the extra is not installed."""
    # Neither engine may report to its makers: what is read here is nobody else's business.
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if error.name and error.name.partition(".")[0] != name.partition(".")[0]:
            raise
        package = name.partition(".")[0]
        raise CorpusError(
            f"{package} is not installed, which a corpus needs; pip install 'lagebild[cluster]'"
        ) from None
