"""The picture in the browser: pages, a JSON API and feeds over a store that is only read."""

from __future__ import annotations

from lagebild.web.app import make_app
from lagebild.web.server import serve

__all__ = ["make_app", "serve"]
