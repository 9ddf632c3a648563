"""Prunes the tokenizer to the pieces that German and English (and the training data) need; keeps its piece scores."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


def open_tokenizers(content: str) -> tuple[Tokenizer, Tokenizer]:
    """Two tokenizers of one file: for words after a space (leading ▁), and for words right after another."""
    inner = json.loads(content)
    glued = json.loads(content)
    glued["pre_tokenizer"] = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": False}
    inner["pre_tokenizer"] = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False}
    return Tokenizer.from_str(json.dumps(inner)), Tokenizer.from_str(json.dumps(glued))


def prune(path: Path, words: Iterable[tuple[str, bool]], extra: Iterable[str], size: int) -> tuple[str, list[int]]:
    """The pruned tokenizer as JSON, and for each kept piece its row in the full embedding.

    `words` (form, after a space) must all stay known; `extra` are words of dictionaries, whose most frequent
    pieces fill the vocabulary up to `size`.
    """
    content = json.loads(path.read_text("utf-8"))
    content["post_processor"] = None
    content["truncation"] = content["padding"] = None
    spaced, glued = open_tokenizers(json.dumps(content))
    counts: Counter[str] = Counter()
    for word, space in set(words):
        counts.update((spaced if space else glued).encode(word, add_special_tokens=False).tokens)
    more: Counter[str] = Counter()
    for batch in (list(extra),):
        for encoded in spaced.encode_batch(batch, add_special_tokens=False):
            more.update(encoded.tokens)
    vocabulary = content["model"]["vocab"]
    index = {piece: i for i, (piece, _) in enumerate(vocabulary)}
    keep = {p for p in (*SPECIAL, *counts) if p in index}
    # Single Latin letters, digits and marks make sure that hardly a word becomes unknown.
    keep |= {
        p
        for p in index
        if len(p.strip("▁")) <= 1 and all(ord(c) < 0x250 or 0x2010 <= ord(c) < 0x20D0 or c == "▁" for c in p)
    }
    for piece, _ in more.most_common():
        if len(keep) >= size:
            break
        if piece in index:
            keep.add(piece)
    rows = sorted(index[p] for p in keep)
    special = [index[p] for p in SPECIAL]
    rows = special + [r for r in rows if r not in special]
    content["model"]["vocab"] = [vocabulary[r] for r in rows]
    content["model"]["unk_id"] = SPECIAL.index("<unk>")
    content["added_tokens"] = [
        {**t, "id": SPECIAL.index(t["content"])} for t in content["added_tokens"] if t["content"] in SPECIAL
    ]
    return json.dumps(content, ensure_ascii=False), rows
