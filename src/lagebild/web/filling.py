"""The templates of the pages and of briefings: everything that is filled in is escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from lagebild import __version__
from lagebild.web import links


def templates() -> Environment:
    """The environment in which all templates are filled."""
    made = Environment(
        loader=PackageLoader("lagebild.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"links": links, "version": __version__}
    made.filters["clean"] = links.clipped
    return made
