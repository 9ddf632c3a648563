"""Names that the lexicon knows: corrects the network's types and borders of names and adds those that it missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagebild.lexicon.knownnames import Known, known_names
from lagebild.lexicon.parties import parties

#: The label of each kind of lexicon entry; offices and populations are no names.
LABELS = {"state": "LOC", "group": "ORG", "organisation": "ORG", "media": "ORG", "person": "PER"}
#: Kinds whose entries are added where the network found no name at all.
ADDED = frozenset({"state", "group", "organisation", "media"})
#: Cities of at least so many people are names of places where a proper noun stands alone, and beside other names.
BIG, HUGE = 100_000, 1_000_000
#: Punctuation that no name goes across.
_BREAKS = frozenset({":", ";", ",", ".", "(", ")", "–", "?", "!"})


def correct_names(forms: Sequence[str], upos: Sequence[str], labels: Sequence[str], language: str) -> list[str]:
    """The IOB2 labels of a sentence after the lexicon has been heard.

    A span that is exactly a known name gets its type; parts of a known name of several words become the whole name; a known
    name of capitalised proper nouns outside all spans becomes one. A surname alone is a person only where it names no place.
    """
    found = list(labels)
    if not any(u == "PROPN" for u in upos) and all(label == "O" for label in labels):
        return found
    taken: set[int] = set()
    for known in known_names().match(forms, language):
        if _set(upos, found, known, added=True):
            taken.update(range(known.first, known.last + 1))
    for known, added in _parties(forms, found, language):
        if known.last > known.first or known.first not in taken:
            _set(upos, found, known, added)
    _legal(forms, found)
    for word, form in enumerate(forms):
        if found[word] == "O" and upos[word] == "PROPN" and form[:1].isupper():
            _single(forms, upos, found, word)
    return found


def _parties(forms: Sequence[str], found: list[str], language: str) -> Iterator[tuple[Known, bool]]:
    """Names of parties with their labels, and whether one may be added where the network saw no name."""
    lexicon = parties()
    for match in lexicon.match(forms, language):
        label = LABELS.get(match.entry.kind)
        words = forms[match.first : match.last + 1]
        if label is None or not match.whole or not any(form[:1].isupper() for form in words):
            continue
        if any(form in _BREAKS for form in words):
            continue
        if label == "PER" and len(words) == 1:
            name = words[0]
            if found[match.first] == "O" or lexicon.places.cities(name) or lexicon.places.region(name):
                continue
        yield Known(match.first, match.last, label), match.entry.kind in ADDED


def _set(upos: Sequence[str], found: list[str], known: Known, added: bool) -> bool:
    """Writes a known name over what the network said of these words, if that is no part of a longer name."""
    first, last = known.first, known.last
    inside = found[first : last + 1]
    if inside[0].startswith("I-") or (last + 1 < len(found) and found[last + 1].startswith("I-")):
        return False
    if all(x == "O" for x in inside):
        if not added or "PROPN" not in upos[first : last + 1]:
            return False
    elif inside[0] == "O" or (known.label != "ORG" and not all(x.startswith("I-") for x in inside[1:])):
        return False
    found[first : last + 1] = [f"B-{known.label}", *[f"I-{known.label}"] * (last - first)]
    return True


def _legal(forms: Sequence[str], found: list[str]) -> None:
    """A company's name goes as far as its legal form («Net Works, LLC»)."""
    for word, form in enumerate(forms):
        if word and found[word] == "O" and form in known_names().legal:
            start = word - 1 if found[word - 1] != "O" else word - 2
            if start >= 0 and found[start].endswith("-ORG") and (start == word - 1 or forms[word - 1] == ","):
                found[start + 1 : word + 1] = ["I-ORG"] * (word - start)


def _single(forms: Sequence[str], upos: Sequence[str], found: list[str], word: int) -> None:
    """A proper noun that the network left out: a given name with what follows, or a well-known place."""
    places = parties().places
    form = forms[word]
    if known_names().other(form):
        return
    city = next(iter(places.cities(form)), None)
    size = city.population if city is not None else 0
    beside = any(
        upos[other] == "PROPN" and forms[other][:1].isupper()
        for other in (word - 1, word + 1)
        if 0 <= other < len(forms)
    )
    if size >= HUGE or (
        not beside and (size >= BIG or places.region(form) is not None) and not known_names().given(form)
    ):
        found[word] = "B-LOC"
    elif known_names().given(form):
        found[word] = "B-PER"
        for after in range(word + 1, len(forms)):
            if found[after] != "O" or upos[after] != "PROPN" or not forms[after][:1].isupper():
                break
            found[after] = "I-PER"
