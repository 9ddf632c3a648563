"""Checks that the lexicon is sound: readable, no duplicates, no empty groups, every entry with an example, known types."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from lagebild.lexicon.frames import PLACEHOLDER
from lagebild.model import EVENT_TYPES, ISSUES, MEASURES, MODES, PRECISIONS, STANCES, STATUSES

#: Keys whose lists name what an entry is about; the same word may not stand twice under the same conditions.
_NAMES = ("lemma", "lemmas", "word", "words", "form", "forms", "name", "code", "first")
#: Keys that tell entries of the same word apart.
_APART = (
    "upos", "type", "mode", "needs", "not", "table", "mood", "tense", "slots", "stance", "clause", "language", "measure",
    "status", "group", "role", "country", "organisation", "zone", "mark", "kind", "value", "id", "person", "number",
)  # fmt: skip
_KNOWN: dict[str, frozenset[str]] = {
    "issue": frozenset(ISSUES),
    "measure": frozenset(MEASURES) | {""},
    "status": frozenset(STATUSES),
    "confers": frozenset(STATUSES),
    "stance": frozenset(STANCES),
}
_UPOS = frozenset({"VERB", "NOUN", "ADJ"})


def check_all() -> Iterator[str]:
    """Every fault of the lexicon as one line: file, entry, what is wrong."""
    root = resources.files("lagebild.lexicon")
    folders = sorted((f for f in root.iterdir() if f.is_dir() and not f.name.startswith("_")), key=lambda f: f.name)
    for folder in (root, *folders):
        for file, name in _files(folder, "" if folder is root else f"{folder.name}/", deep=folder is not root):
            yield from check_text(file.read_text("utf-8"), name)


def _files(folder: Traversable, prefix: str, deep: bool) -> Iterator[tuple[Traversable, str]]:
    for item in sorted(folder.iterdir(), key=lambda f: f.name):
        if item.name.endswith(".toml"):
            yield item, prefix + item.name
        elif deep and item.is_dir() and not item.name.startswith("_"):
            yield from _files(item, f"{prefix}{item.name}/", deep)


def check_text(text: str, name: str) -> Iterator[str]:
    """Faults of one table, given as TOML text; `name` is how messages call the file («de/events/assault.toml»)."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield f"{name}: no TOML: {error}"
        return
    if not content:
        yield f"{name}: empty"
    for table, value in content.items():
        if not isinstance(value, list):
            continue
        if not value:
            yield f"{name} [[{table}]]: empty group"
        seen: set[str] = set()
        for number, entry in enumerate(value, 1):
            if not isinstance(entry, Mapping):
                continue
            where = f"{name} [[{table}]] {number} ({_title(entry)})"
            for fault in _faults(entry, table):
                yield f"{where}: {fault}"
            for key in _keys(entry):
                if key in seen:
                    yield f"{where}: stands twice: {key.split(' | ')[0]}"
                seen.add(key)


def _title(entry: Mapping[str, Any]) -> str:
    for key in (*_NAMES, "id", "pattern", "operation"):
        value = entry.get(key)
        if value:
            return str(value[0] if isinstance(value, list) else value)
    return "no name"


def _keys(entry: Mapping[str, Any]) -> Iterator[str]:
    apart = " ".join(f"{key}={entry[key]}" for key in _APART if key in entry)
    for key in _NAMES:
        value = entry.get(key)
        for word in [value] if isinstance(value, str) else value or ():
            yield f"{word} | {'lemma' if key == 'lemmas' else key} {apart}"


def _faults(entry: Mapping[str, Any], table: str) -> Iterator[str]:
    example = entry.get("example")
    if not isinstance(example, str) or not example.strip():
        yield "no example"
    for key, value in entry.items():
        if isinstance(value, list) and not value and key not in ("offices", "aliases", "parts", "actor", "recipient"):
            yield f"empty group {key}"
        if key in _KNOWN and isinstance(value, str) and value not in _KNOWN[key]:
            yield f"unknown {key} {value!r}"
    for key in ("trigger", "act", "content"):
        if isinstance(example, str) and isinstance(entry.get(key), str) and entry[key] not in example:
            yield f"{key} {entry[key]!r} does not stand in the example"
    if "lemmas" in entry and table == "entry" and isinstance(example, str) and PLACEHOLDER not in example:
        yield f"the group's example lacks {PLACEHOLDER}"
    if table in ("entry", "modifier") and ("type" in entry or "trigger" in entry):
        if entry.get("type") not in EVENT_TYPES:
            yield f"unknown type {entry.get('type')!r}"
        elif entry.get("mode") and entry["mode"] not in MODES[entry["type"]]:
            yield f"unknown mode {entry['mode']!r} of {entry['type']}"
        if table == "entry" and entry.get("upos") not in _UPOS:
            yield f"unknown upos {entry.get('upos')!r}"
    if table == "precision" and entry.get("value") not in PRECISIONS:
        yield f"unknown precision {entry.get('value')!r}"
