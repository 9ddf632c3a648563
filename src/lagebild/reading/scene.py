"""What the resolution of names shares for one report: its words, names, countries, and what has been said so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.generics import generics
from lagebild.lexicon.names import fold
from lagebild.lexicon.parties import Parties, parties
from lagebild.lexicon.partyentries import PartyEntry
from lagebild.lexicon.placewords import placewords
from lagebild.lexicon.roleslots import continent, half, phrase_words
from lagebild.model import Party, Place
from lagebild.reading.acronyms import explained
from lagebild.reading.discourse import Countries

#: Inhabitants from which on a word is rather a town of the report's country than an unknown person.
TOWN = 50_000


@dataclass(frozen=True, slots=True)
class Mention:
    """One resolved noun phrase, kept so that later pronouns and bare roles can point to it."""

    sentence: int
    word: int
    party: Party
    gender: str | None
    number: str | None
    subject: bool


@dataclass
class Memory:
    """What one report has said of its parties and places so far."""

    surnames: dict[str, Party] = field(default_factory=dict)
    #: Surnames of people of whom the report has said that they serve no one state.
    stateless: set[str] = field(default_factory=set)
    roles: dict[str, Party] = field(default_factory=dict)
    groups: dict[str, Party] = field(default_factory=dict)
    towns: dict[str, str] = field(default_factory=dict)
    #: Genders that the titles of people have told, by name.
    genders: dict[str, str] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    places: list[tuple[int, int, Place]] = field(default_factory=list)

    def before(self, index: int, word: int, back: int) -> Iterator[Mention]:
        """What the report has named before a word, at most `back` sentences earlier, the nearest first."""
        for mention in reversed(self.mentions):
            if (mention.sentence, mention.word) >= (index, word):
                continue
            if index - mention.sentence > back:
                return
            yield mention


class Scene:
    """One report with the lexicon of parties and the memory of what it has said. Not shared between reports."""

    def __init__(self, document: Document, published: date | None, title: str = "") -> None:
        self.document = document
        self.language = document.language
        self.year = published.year if published else None
        self.world: Parties = parties()
        self.memory = Memory()
        #: Letters that the report explains, and the names they stand for.
        self.letters = explained(document)
        self.countries = Countries(document, self.world, self.year, title)
        self.entities: list[dict[int, tuple[int, int, str]]] = []
        for sentence in document.sentences:
            inside: dict[int, tuple[int, int, str]] = {}
            for entity in sentence.entities:
                for word in range(entity.first, entity.last + 1):
                    inside[word] = (entity.first, entity.last, entity.label)
            self.entities.append(inside)

    @property
    def told(self) -> frozenset[str]:
        """The names of the people whom the report names."""
        return frozenset(party.name for party in self.memory.surnames.values())

    def text(self, sentence: Sentence, first: int, last: int) -> str:
        """The words first to last as they stand in the report."""
        a, b = sentence.span(first, last)
        return self.document.text[a:b]

    def label(self, index: int, word: int) -> str | None:
        """The kind of name that a word belongs to."""
        inside = self.entities[index].get(word)
        return inside[2] if inside else None

    def core(self, index: int, sentence: Sentence, word: int) -> tuple[int, int]:
        """The name that a word stands in, or the word with its flat and compound parts."""
        inside = self.entities[index].get(word)
        if inside is not None:
            return inside[0], inside[1]
        first = last = word
        while (
            last + 1 < len(sentence)
            and sentence.heads[last + 1] in range(first, last + 1)
            and sentence.relation(last + 1) in ("flat", "compound")
        ):
            last += 1
        while (
            first > 0
            and sentence.heads[first - 1] in range(first, last + 1)
            and sentence.relation(first - 1) in ("flat", "compound")
        ):
            first -= 1
        return first, last

    def origin(
        self, index: int, sentence: Sentence, first: int, last: int, places: bool = True, head: int = -1
    ) -> str | None:
        """The country that the words of a phrase name: adjective, genitive, part of a compound, a place in it (unless
        `places` are none of its business: then a seat of government neither). The `head` is no place itself: «die Roma»."""
        if not places:
            last = self.before_place(sentence, first, last)
        found = self.world.country_of(sentence.forms[first : last + 1], self.language)
        if found is not None or not places:
            return found
        town = self.town(sentence, first, last)
        if town is not None:
            return town
        part = next((c for w in range(first, last + 1) if w != head and (c := self.half(sentence, w))), None)
        if part is not None:
            return part
        for a, b, label in dict.fromkeys(v for w, v in self.entities[index].items() if first <= w <= last):
            if label == "LOC" and not a <= head <= b:
                place = self.world.place(self.text(sentence, a, b), self.language, self.countries.at(index))
                if place is not None and place.country:
                    return place.country
        return None

    def half(self, sentence: Sentence, word: int) -> str | None:
        """The country that a direction names in a report on both halves of a divided land («the North», «der Süden»)."""
        direction = placewords(self.language).directions.get(fold(sentence.lemmas[word]))
        found = half(direction) if direction is not None else None
        if found is None or not all(map(self.countries.named, found)):
            return None
        if any(sentence.upos[child] == "PROPN" for child in sentence.dependents(word, "nmod", "flat")):
            return None  # «the North of Syria»
        whole = sentence.relations[word] not in ("compound", "amod", "flat")
        named = sentence.upos[word] == "PROPN" or sentence.relations[word] in ("nsubj", "obj", "iobj")
        return found[0] if whole and named else None

    def town(self, sentence: Sentence, first: int, last: int) -> str | None:
        """The country of the town that an adjective names («der Pariser Bürgermeister», «die Moskauer Regierung»)."""
        for word in range(first, last + 1):
            form = sentence.forms[word]
            if not form[:1].isupper() or (sentence.upos[word] != "ADJ" and sentence.relations[word] != "amod"):
                continue
            for ending in phrase_words("town_endings"):
                found = self.world.places.city(form.removesuffix(ending), None) if form.endswith(ending) else None
                if found is not None and found.population >= TOWN:
                    return found.country
        return None

    def before_place(self, sentence: Sentence, first: int, last: int) -> int:
        """The last word of a phrase before a preposition of place in it."""
        return next((w - 1 for w in range(first + 1, last + 1) if self._where(sentence, w)), last)

    def _where(self, sentence: Sentence, word: int) -> bool:
        """Whether a word is a preposition of place."""
        return (
            sentence.upos[word] == "ADP" and sentence.lemmas[word].casefold() in placewords(self.language).prepositions
        )

    def indefinite(self, sentence: Sentence, word: int) -> bool:
        """Whether an article says that somebody new is meant («ein Soldat», «several people»)."""
        known = generics(self.language).indefinite
        return any(fold(sentence.forms[c]) in known for c in sentence.dependents(word, "det"))

    def definite(self, sentence: Sentence, word: int) -> bool:
        """Whether an article or demonstrative points to somebody known («die Armee», «this country»)."""
        found = sentence.dependents(word, "det")
        if any(sentence.feats[child].get("PronType") == "Neg" for child in found):
            return False  # «no country should …»
        return bool(found) and not self.indefinite(sentence, word)

    def continent(self, sentence: Sentence, word: int) -> str | None:
        """The part of the world that an adjective names, which is no one country («European leaders»): its English adjective."""
        for child in sentence.dependents(word, "amod"):
            for form in (sentence.lemmas[child], sentence.forms[child]):
                found = continent(form)
                if found is not None:
                    return found
        return None

    def organisation(self, sentence: Sentence, word: int, first: int, last: int) -> PartyEntry | None:
        """The organisation whose name in several words the head of a phrase belongs to («EU foreign ministers»)."""
        if first == last and "-" not in sentence.forms[word]:
            return None
        for match in self.world.match(sentence.forms[first : last + 1], self.language, self.year):
            inside = match.first <= word - first <= match.last
            if inside and match.whole and match.entry.source == "organisations":
                several = match.last > match.first or "-" in sentence.forms[word]
                return match.entry if several else None
        return None

    def city(self, index: int, name: str) -> bool:
        """Whether a town of some size in the country that is talked about has that name."""
        country = self.countries.at(index)
        found = self.world.places.city(name, country)
        return found is not None and found.country == country and found.population >= TOWN
