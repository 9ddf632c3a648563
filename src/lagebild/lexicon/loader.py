"""Loads lexicon tables: TOML files, or folders of TOML files that together are one table."""

from __future__ import annotations

import gc
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("de", "en")


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage is looked for while tables are built that stay for good, nor in them later: the collector would go through
    all of them time and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.enable()


@cache
@undisturbed()
def load(folder: str, name: str) -> dict[str, Any]:
    """The table `name` of a language (or of `parties`): `<folder>/<name>.toml` or all files in `<folder>/<name>/`.

    Lists under the same key in several files are joined in the order of the file names. A table that does not
    exist is an empty dict, so a language may lack a topic. Raises ValueError naming the file if TOML is broken.
    """
    root = resources.files("lagebild.lexicon").joinpath(folder)
    single = root.joinpath(f"{name}.toml")
    files = [single] if single.is_file() else []
    directory = root.joinpath(name)
    if directory.is_dir():
        files += sorted((f for f in directory.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    table: dict[str, Any] = {}
    for file in files:
        try:
            content = tomllib.loads(file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"lexicon {folder}/{file.name}: {error}") from None
        for key, value in content.items():
            if isinstance(value, list) and key in table:
                table[key] = [*table[key], *value]
            else:
                table[key] = value
    return table
