"""First parts of compounds that share the last part of another word: «Staats- und Regierungschefs»."""

from __future__ import annotations

from collections.abc import Sequence


def completed(
    forms: Sequence[str], upos: Sequence[str], heads: Sequence[int], deprels: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Heads and relations with the whole word as head of the truncated one, which becomes its `compound`.

    Treebanks hang the second on the first, as in any coordination; but what the phrase means, its case and its number stand
    in the word that is written out. Heads are word indices, -1 for the root.
    """
    new_heads, new_deprels = list(heads), list(deprels)
    for part, form in enumerate(forms):
        if len(form) < 2 or not form.endswith("-") or upos[part] not in ("NOUN", "PROPN", "X", "ADJ"):
            continue
        conjuncts = [w for w in range(part + 1, len(forms)) if new_heads[w] == part and new_deprels[w] == "conj"]
        whole = next((w for w in conjuncts if not forms[w].endswith("-")), None)
        if whole is None:
            continue
        new_heads[whole], new_deprels[whole] = new_heads[part], new_deprels[part]
        for word in range(len(forms)):
            if new_heads[word] == part and word != whole and new_deprels[word] not in ("cc", "punct"):
                new_heads[word] = whole
        for other in (part, *(w for w in conjuncts if w < whole)):
            new_heads[other], new_deprels[other] = whole, "compound"
    return new_heads, new_deprels
