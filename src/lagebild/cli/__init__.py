"""The command line, one module a group of commands; `app` joins them, `common` holds what they share."""

from __future__ import annotations

from lagebild.cli.app import main

__all__ = ["main"]
