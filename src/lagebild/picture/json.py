"""A picture as JSON and its schema: the shapes of parts.py, as docs/picture.schema.json describes them."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec

from lagebild.picture.parts import Picture


def picture_to_json(picture: Picture) -> dict[str, Any]:
    """The picture as plain JSON values, keys in the order of the data types."""
    found: dict[str, Any] = msgspec.to_builtins(picture)
    return found


def picture_from_json(value: Any) -> Picture:
    """A picture from JSON values. Raises ValueError where they are of another shape."""
    return msgspec.convert(value, Picture)


def schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a picture."""
    made: dict[str, Any] = msgspec.json.schema(Picture)
    for shape in made["$defs"].values():
        if "description" in shape:
            shape["description"] = cleandoc(shape["description"])  # as some versions of msgspec do themselves
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lagebild: the picture of a dossier",
    } | made
