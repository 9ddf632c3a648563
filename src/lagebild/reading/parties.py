"""Who is meant: names, roles, adjectives of origin and pronouns of one report, resolved to parties and places.

The report's own names come first (a surname is who it was when the full name stood there), then the lexicon's people of
that year, then the words themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import cues
from lagebild.lexicon.frames import fold
from lagebild.lexicon.generics import generics, place_markers
from lagebild.lexicon.parties import Parties, parties
from lagebild.lexicon.roleslots import foreign_beginnings
from lagebild.model import Party, Place
from lagebild.reading.syntax import case_marker, phrase


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
    """What one report has said of its parties so far."""

    surnames: dict[str, Party] = field(default_factory=dict)
    roles: dict[str, Party] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    countries: dict[str, int] = field(default_factory=dict)


class Resolver:
    """Resolves the noun phrases of one report. Not shared between reports."""

    def __init__(self, document: Document, published: date | None) -> None:
        self.document = document
        self.language = document.language
        self.year = published.year if published else None
        self.world: Parties = parties()
        self.memory = Memory()
        self._cache: dict[tuple[int, int], Party | None] = {}
        self._entities: list[dict[int, tuple[int, int, str]]] = []
        for sentence in document.sentences:
            inside: dict[int, tuple[int, int, str]] = {}
            for entity in sentence.entities:
                for word in range(entity.first, entity.last + 1):
                    inside[word] = (entity.first, entity.last, entity.label)
            self._entities.append(inside)
        for index, sentence in enumerate(document.sentences):
            self._learn(index, sentence)

    # ------------------------------------------------------------------ reading ahead

    def _learn(self, index: int, sentence: Sentence) -> None:
        """Remembers full names with their country and role, and resolves every noun phrase in text order."""
        for word in range(len(sentence)):
            if sentence.upos[word] not in ("NOUN", "PROPN", "PRON", "X"):
                continue
            if sentence.relation(word) in ("flat", "compound"):
                continue
            party = self.party(index, word)
            if party is None:
                continue
            if party.country:
                self.memory.countries[party.country] = self.memory.countries.get(party.country, 0) + 1
            if sentence.upos[word] != "PRON":
                feats = sentence.feats[word]
                self.memory.mentions.append(
                    Mention(
                        index, word, party, feats.get("Gender"), feats.get("Number"), sentence.relation(word) == "nsubj"
                    )
                )

    # ------------------------------------------------------------------ public

    def party(self, index: int, word: int) -> Party | None:
        """The party that the noun phrase of a word names, or None if it names none."""
        key = (index, word)
        if key not in self._cache:
            self._cache[key] = self._party(index, self.document.sentences[index], word)
        return self._cache[key]

    def place(self, index: int, word: int) -> Place | None:
        """The place that the noun phrase of a word names, or None."""
        sentence = self.document.sentences[index]
        first, last = self._core(index, sentence, word)
        span = sentence.span(first, last)
        text = self.document.text[span[0] : span[1]]
        found = self.world.place(text, self.language, self._main_country())
        if found is None and self._label(index, word) == "LOC":
            country = next(iter(sorted(self.memory.countries, key=lambda c: -self.memory.countries[c])), None)
            return Place(text, text, country, precision="area", span=span)
        if found is None:
            return None
        return Place(text, found.name, found.country, found.lat, found.lon, found.precision, span)

    def source(self, index: int, word: int) -> Party | None:
        """The party behind a word that speaks: any noun phrase may, so its words are kept where it is unknown."""
        sentence = self.document.sentences[index]
        found = self._behind(index, sentence, word) or self.party(index, word)
        if found is not None:
            return found
        if sentence.upos[word] not in ("NOUN", "PROPN"):
            return None
        span = sentence.span(*phrase(sentence, word))
        text = self.document.text[span[0] : span[1]]
        return Party(text, text, self._origin(sentence, *phrase(sentence, word)), "source", span=span)

    def _behind(self, index: int, sentence: Sentence, word: int) -> Party | None:
        """Whose words a compound of a noun of speaking carries: «UNO-Angaben», «Armeeangaben», «NATO-Bericht»."""
        if sentence.upos[word] not in ("NOUN", "PROPN"):
            return None
        noun = cues(self.language).noun_ending(sentence.forms[word])
        if noun is None:
            return None
        first, last = phrase(sentence, word)
        owner = sentence.forms[word][: -len(noun)].rstrip("-")
        country = self._origin(sentence, first, last) or self._main_country()
        known = self.world.lookup(owner, self.language, self.year, country)
        if known is None or known.kind == "person":
            return None
        span = sentence.span(first, last)
        return Party(self.document.text[span[0] : span[1]], known.name, known.country, known.kind, known.role, span)

    def main_country(self) -> str | None:
        """The country that the report names most often."""
        return self._main_country()

    def locative(self, sentence: Sentence, word: int) -> bool:
        """Whether a noun phrase stands where a place does: behind a preposition of place."""
        marker = case_marker(sentence, word)
        if marker is None and sentence.relation(word) in ("conj", "appos") and sentence.heads[word] >= 0:
            marker = case_marker(sentence, sentence.heads[word])
        return marker is not None and marker in place_markers(self.language)

    # ------------------------------------------------------------------ noun phrases

    def _party(self, index: int, sentence: Sentence, word: int) -> Party | None:
        if sentence.upos[word] in ("PRON", "DET"):
            return self._pronoun(index, sentence, word)
        first, last = phrase(sentence, word)
        if "\n\n" in self._text(sentence, first, last):
            first = last = word
        span = sentence.span(first, last)
        text = self.document.text[span[0] : span[1]]
        party = self._person(index, sentence, word, first, last) or self._known(index, sentence, word, first, last)
        return replace(party, text=text, span=span) if party is not None else None

    def _known(self, index: int, sentence: Sentence, word: int, first: int, last: int) -> Party | None:
        """A party of the lexicon: the whole phrase, its core, a name at its head; else a named entity."""
        main = self._main_country()
        a, b = self._core(index, sentence, word)
        role = self.world.offices.role([sentence.forms[word], sentence.forms[word].split("-")[-1]], self.language)
        if role is not None:
            state = self._origin(sentence, first, last)
            held = self.memory.roles.get(f"{role.role}/{state}") or (
                None if state else self.memory.roles.get(role.role)
            )
            if held is not None and sentence.feats[word].get("Number") != "Plur":
                return held
        # A bare organ («die Armee») is the main country's, unless an adjective says whose it is not («prorussisch»).
        foreign = any(
            sentence.upos[w] == "ADJ" and fold(sentence.lemmas[w]).startswith(foreign_beginnings())
            for w in range(first, last + 1)
        )
        hint = None if foreign else main
        for x, y in dict.fromkeys([(first, last), (a, b), (first, word), (word, word)]):
            found = self.world.lookup(self._text(sentence, x, y), self.language, self.year, hint)
            if found is None or (found.kind == "person" and role is not None and (x, y) != (first, last)):
                continue
            if found.kind == "state" and sentence.upos[word] == "ADJ":
                continue
            return Party("", found.name, found.country, found.kind, found.role)
        country = self._origin(sentence, first, last)
        nouns = generics(self.language)
        generic = (
            (nouns.find_phrase(sentence.lemmas[word - 1 : word + 1]) if word > first else None)
            or nouns.find(sentence.lemmas[word])
            or nouns.find(sentence.forms[word])
        )
        if generic is not None:
            return Party("", generic.english(country), country, generic.kind)
        label = self._label(index, word)
        if label == "LOC":
            place = self.world.place(self._text(sentence, a, b), self.language, main)
            return Party("", place.name, place.country, "other") if place is not None else None
        if label == "ORG":
            return Party("", self._text(sentence, a, b), country, "organisation")
        if role is not None:
            return Party("", self._text(sentence, first, last), country, "person", role.role)
        return None

    def _core(self, index: int, sentence: Sentence, word: int) -> tuple[int, int]:
        inside = self._entities[index].get(word)
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

    def _label(self, index: int, word: int) -> str | None:
        inside = self._entities[index].get(word)
        return inside[2] if inside else None

    def _main_country(self) -> str | None:
        found = self.memory.countries
        return max(found, key=lambda c: found[c]) if found else None

    def _origin(self, sentence: Sentence, first: int, last: int) -> str | None:
        """The country that the words of a phrase name: adjective, genitive, a compound's first part («US-Armee»)."""
        return self.world.country_of(sentence.forms[first : last + 1], self.language)

    def _text(self, sentence: Sentence, first: int, last: int) -> str:
        a, b = sentence.span(first, last)
        return self.document.text[a:b]

    # ------------------------------------------------------------------ people

    def _person(self, index: int, sentence: Sentence, word: int, first: int, last: int) -> Party | None:
        """A person named at the core of the phrase: by an entity or by a surname that the report has explained."""
        names = sorted({v for w, v in self._entities[index].items() if first <= w <= last and v[2] == "PER"})
        # A name in apposition, behind a comma, says who it is: «der Führer der Miliz, Ahmed Ali».
        for child in sentence.dependents(word, "appos"):
            inside = self._entities[index].get(child)
            if inside is not None and inside[2] == "PER" and child > last and inside not in names:
                names.append(inside)
        # A person in a genitive or behind a preposition is not whom the phrase means («ein Sprecher Putins»).
        names = [n for n in names if self._is_core(sentence, word, n[0], n[1])]
        if not names or (sentence.feats[word].get("Number") == "Plur" and names[0][0] > last):
            return None
        a, b, _ = names[0]
        name = " ".join(sentence.forms[a : b + 1])
        surname = fold(sentence.forms[b]).removesuffix("'s")
        roles = self.world.offices.role(
            [f for i, f in enumerate(sentence.forms[first : last + 1], first) if not a <= i <= b], self.language
        )
        kept = self.memory.surnames.get(surname) or self.memory.surnames.get(surname.removesuffix("s"))
        if b == a and kept is not None:
            party = kept
        else:
            known = self.world.lookup(name, self.language, self.year)
            if known is not None and known.kind == "person":
                party = Party(name, known.name, known.country, "person", roles.role if roles else known.role)
            else:
                outside = [f for i, f in enumerate(sentence.forms[first : last + 1], first) if not a <= i <= b]
                country = self.world.country_of(outside, self.language) or (roles.country if roles else None)
                if country is None and roles is not None and not roles.international:
                    country = self._main_country()
                party = Party(name, name, country, "person", roles.role if roles else None)
            if kept is None or (kept.country is None and party.country):
                self.memory.surnames[surname] = party
        if roles is not None:
            self.memory.roles[roles.role] = party
            self.memory.roles[f"{roles.role}/{party.country}"] = party
        return party

    def _is_core(self, sentence: Sentence, word: int, first: int, last: int) -> bool:
        if first <= word <= last:
            return True
        for node in range(first, last + 1):
            head = sentence.heads[node]
            if head == word and sentence.relation(node) in ("appos", "flat", "compound"):
                return True
            if head == word and sentence.relation(node) == "nmod" and case_marker(sentence, node) is None:
                # Parsers take the name behind a role for a genitive: «Präsident Putin».
                return node == first and first == word + 1 and sentence.feats[node].get("Case") != "Gen"
        return False

    def _pronoun(self, index: int, sentence: Sentence, word: int) -> Party | None:
        feats = sentence.feats[word]
        if feats.get("PronType") not in ("Prs", "Rel", "Dem") and feats.get("Poss") != "Yes":
            return None
        if feats.get("Person") in ("1", "2") or fold(sentence.lemmas[word]) in ("es", "it", "man"):
            return None
        gender, number = feats.get("Gender"), feats.get("Number")
        best: tuple[float, Mention] | None = None
        for mention in reversed(self.memory.mentions[-40:]):
            if (mention.sentence, mention.word) >= (index, word) or index - mention.sentence > 2:
                continue
            if (
                gender
                and mention.gender
                and gender != mention.gender
                and number != "Plur"
                and feats.get("Poss") != "Yes"
            ):
                continue
            if number and mention.number and number != mention.number and feats.get("Poss") != "Yes":
                continue
            score = -1.5 * (index - mention.sentence) + (1.2 if mention.subject else 0.0)
            score += 0.5 if mention.party.kind == "person" else 0.0
            score -= 0.02 * (word - mention.word if mention.sentence == index else 0)
            if best is None or score > best[0]:
                best = (score, mention)
        if best is None:
            return None
        span = sentence.span(word, word)
        return replace(best[1].party, text=self.document.text[span[0] : span[1]], span=span)
