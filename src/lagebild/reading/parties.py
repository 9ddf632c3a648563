"""Who is meant: names, offices, party nouns, adjectives of origin and pronouns of one report, resolved to parties.

The report's own names come first (a surname is who it was when the full name stood there), then the lexicon's people of
that year, then the words themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import cues
from lagebild.lexicon.generics import generics
from lagebild.lexicon.partyentries import PartyEntry
from lagebild.lexicon.placewords import placewords
from lagebild.lexicon.roleslots import phrase_words, role_words
from lagebild.model import Party, Place
from lagebild.reading.acronyms import bracketed
from lagebild.reading.again import army_again, organ_again, together
from lagebild.reading.groups import group, homeland, is_foreign, is_international, sender
from lagebild.reading.localities import of_town
from lagebild.reading.people import gender_of, learn_names, officer, person
from lagebild.reading.pronouns import pronoun
from lagebild.reading.scene import Mention, Scene
from lagebild.reading.syntax import antecedent, case_marker, is_relative, phrase
from lagebild.reading.whereabouts import place_at, stage

#: How the name of an organ ends that is a government's own army.
_GOVERNMENT_FORCES = "government forces"

#: Kinds of parties whose own an organ may be that is then no state's.
_OWNERS = frozenset({"organisation", "group", "mission", "international", "government"})

#: Kinds of parties whose country's organs a possessive pronoun names.
_HOLDERS = frozenset({"state", "person", "organ"})

#: Parties that no group is called by a clause behind its noun.
_NO_GROUPS = frozenset({"state", "person", "population", "other"})


class Resolver:
    """Resolves the noun phrases of one report. Not shared between reports."""

    def __init__(self, document: Document, published: date | None, title: str = "") -> None:
        self.document = document
        self.language = document.language
        self.scene = Scene(document, published, title)
        self._parties: dict[tuple[int, int], Party | None] = {}
        self._places: dict[tuple[int, int], Place | None] = {}
        self._speaker: Callable[[int, int], Party | None] | None = None
        learn_names(self.scene)
        for index, sentence in enumerate(document.sentences):
            self._learn(index, sentence)

    def _learn(self, index: int, sentence: Sentence) -> None:
        """Resolves every noun phrase in text order, so that later words can point to earlier ones."""
        for word in range(len(sentence)):
            if sentence.upos[word] not in ("NOUN", "PROPN", "PRON", "X"):
                continue
            if sentence.relation(word) in ("flat", "compound") or _first_person(sentence, word):
                continue
            self.place(index, word)
            party = self.party(index, word)
            if party is None or sentence.upos[word] == "PRON":
                continue
            feats = sentence.feats[word]
            subject = sentence.relation(word) == "nsubj"
            gender = gender_of(self.scene, sentence, word, party)
            self.scene.memory.mentions.append(Mention(index, word, party, gender, feats.get("Number"), subject))

    # ------------------------------------------------------------------ public

    def party(self, index: int, word: int) -> Party | None:
        """The party that the noun phrase of a word names, or None if it names none."""
        key = (index, word)
        if key not in self._parties:
            self._parties[key] = None  # a phrase that is part of itself (a broken tree) ends here
            self._parties[key] = self._party(index, self.document.sentences[index], word)
        return self._parties[key]

    def place(self, index: int, word: int) -> Place | None:
        """The place that the noun phrase of a word names or points to, or None."""
        key = (index, word)
        if key not in self._places:
            found = place_at(self.scene, index, self.document.sentences[index], word)
            self._places[key] = found
            if found is not None:
                self.scene.memory.places.append((index, word, found))
        return self._places[key]

    def stage(self, index: int, word: int) -> Place | None:
        """The country that the noun of an act names as the place of it, or None."""
        return stage(self.scene, index, self.document.sentences[index], word)

    def source(self, index: int, word: int) -> Party | None:
        """The party behind a word that speaks: any noun phrase may, so its words are kept where it is unknown."""
        sentence = self.document.sentences[index]
        if _cut(sentence, word):
            return None
        found = self._behind(index, sentence, word) or self.party(index, word)
        if found is not None:
            return found
        if sentence.upos[word] not in ("NOUN", "PROPN"):
            return None
        first, last = self._extent(sentence, word)
        span = sentence.span(first, last)
        text = self.document.text[span[0] : span[1]]
        owner = self._owner(index, sentence, word)
        country = owner.country if owner is not None else self.scene.origin(index, sentence, first, last)
        return Party(text, text, country, "source", span=span)

    def _behind(self, index: int, sentence: Sentence, word: int) -> Party | None:
        """Whose words a compound of a noun of speaking carries: «UNO-Angaben», «Armeeangaben», «NATO-Bericht»."""
        if sentence.upos[word] not in ("NOUN", "PROPN"):
            return None
        noun = cues(self.language).noun_ending(sentence.forms[word])
        if noun is None:
            return None
        first, last = self._extent(sentence, word)
        owner = sentence.forms[word][: -len(noun)].rstrip("-")
        own, talked = self.scene.origin(index, sentence, first, last), self.scene.countries
        known = self.scene.world.lookup(owner, self.language, self.scene.year, own or talked.at(index))
        if known is not None and known.role == "military" and own is None:
            known = self.scene.world.lookup(owner, self.language, self.scene.year, talked.armed(index))
        if known is None or known.kind == "person":
            return None
        span = sentence.span(first, last)
        return Party(self.document.text[span[0] : span[1]], known.name, known.country, known.kind, known.role, span)

    def inside(self, index: int, word: int) -> Party | None:
        """The state or organisation that the first part of a hyphened compound names («US-Luftangriff»), or None."""
        sentence = self.document.sentences[index]
        owner, hyphen, rest = sentence.forms[word].partition("-")
        if not hyphen or not rest:
            return None
        known = self.scene.world.lookup(owner, self.language, self.scene.year, None)
        if known is None or known.kind == "person":
            return None
        start = sentence.tokens[word].start
        return Party(owner, known.name, known.country, known.kind, known.role, (start, start + len(owner)))

    def country_at(self, index: int) -> str | None:
        """The country that is talked about at a sentence."""
        return self.scene.countries.at(index)

    def hear(self, speaker: Callable[[int, int], Party | None]) -> None:
        """Tells who speaks at a sentence and word: whom «ich», «wir», «our» mean there."""
        self._speaker = speaker

    def is_title(self, forms: list[str]) -> bool:
        """Whether words are nothing but a title that stands before a name («Secretary of State», «Bundeskanzlerin»)."""
        return self.scene.world.offices.named(forms, self.language)

    def locative(self, sentence: Sentence, word: int) -> bool:
        """Whether a noun phrase stands where a place does: behind a preposition of place."""
        marker = case_marker(sentence, word)
        if marker is None and sentence.relation(word) in ("conj", "appos", "flat") and sentence.heads[word] >= 0:
            marker = case_marker(sentence, sentence.heads[word])
        return marker is not None and marker in placewords(self.language).prepositions

    # ------------------------------------------------------------------ noun phrases

    def _party(self, index: int, sentence: Sentence, word: int) -> Party | None:
        if _cut(sentence, word):
            return None
        if _first_person(sentence, word):
            found = self._speaker(index, word) if self._speaker else None
            span = sentence.span(word, word)
            return replace(found, text=self.document.text[slice(*span)], span=span) if found else None
        if sentence.upos[word] in ("PRON", "DET"):
            before = antecedent(sentence, word) if is_relative(sentence, word) else word
            if before != word:
                found = self.party(index, before)
                span = sentence.span(word, word)
                return replace(found, text=self.document.text[slice(*span)], span=span) if found else None
            if is_relative(sentence, word) and _asks(sentence, word):
                return None  # «has not said who gave the order»
            several = together(self.scene, index, word, self.party)
            return several[0] if several else pronoun(self.scene, index, sentence, word, self.party)
        if sentence.upos[word] == "ADJ":
            country = self.scene.world.country_of(sentence.forms[word : word + 1], self.language)
            state = self.scene.world.state(country)
            if state is not None:
                return Party(sentence.forms[word], state.name, country, "state", span=sentence.span(word, word))
        bearer = self._bearer(index, sentence, word)
        if bearer is not None:
            return self.party(index, bearer)
        first, last = self._extent(sentence, word)
        span = sentence.span(first, last)
        text = self.document.text[span[0] : span[1]]
        called = self._called(sentence, word)
        named = self.party(index, called) if called is not None else None
        if named is not None and named.kind not in _NO_GROUPS:
            return replace(named, text=text, span=span)
        party = person(self.scene, index, sentence, word, first, last) or self._named(
            index, sentence, word, first, last
        )
        return replace(party, text=text, span=span) if party is not None else None

    def _called(self, sentence: Sentence, word: int) -> int | None:
        """The name that a clause behind a noun gives it: «a group calling itself the Army of Ansar», «known as X»."""
        for clause in sentence.dependents(word, "acl"):
            if sentence.lemmas[clause] not in phrase_words("naming") or clause < word:
                continue
            for child in sentence.children[clause]:
                marker = case_marker(sentence, child)
                if child > clause and sentence.upos[child] == "PROPN" and (marker is None or marker in role_words()):
                    return child
        return None

    def _bearer(self, index: int, sentence: Sentence, word: int) -> int | None:
        """The name right behind a title that the tree hangs on it: «General» of «General Prayuth» is nobody else."""
        name = sentence.heads[word]
        if name != word + 1 or sentence.relation(word) != "nmod" or sentence.children[word]:
            return None
        return name if self.scene.label(index, name) == "PER" and self.is_title([sentence.forms[word]]) else None

    def _extent(self, sentence: Sentence, word: int) -> tuple[int, int]:
        """The words of a phrase, without a contracted preposition («vom», «im») and not across paragraphs."""
        first, last = phrase(sentence, word)
        if "\n\n" in self.scene.text(sentence, first, last):
            return word, word
        while first < word and first > 0 and sentence.tokens[first - 1].end > sentence.tokens[first].start:
            first += 1
        return first, last

    def _named(self, index: int, sentence: Sentence, word: int, first: int, last: int) -> Party | None:
        """A party that is no named person: an officer, a party of the lexicon, a party noun, a named entity."""
        scene = self.scene
        office = officer(scene, index, sentence, word, first, last)
        if office is not None:
            return office
        known = self._known(index, sentence, word, first, last)
        if known is not None:
            if (told := organ_again(scene, index, sentence, word, known)) is not None:
                return told
            foe = self._foe(index, sentence, word, first, last, known) if known.role == "military" else None
            if foe is None and scene.origin(index, sentence, first, last) is None:
                foe = army_again(scene, index, sentence, word, known)
            known = scene.world.organ(sentence.forms[word], self.language, foe) or known if foe else known
            known = of_town(scene, index, sentence, word, known)
            return Party("", known.name, known.country, known.kind, known.role)
        found = homeland(scene, index, sentence, word, first, last) or group(
            scene, index, sentence, word, first, last, self.party
        )
        if found is not None:
            return found
        a, b = scene.core(index, sentence, word)
        label = scene.label(index, word)
        if label == "LOC":
            place = self.place(index, word)
            return Party("", place.name, place.country, "other") if place is not None else None
        name = scene.text(sentence, a, b)
        full = scene.letters.get(name)
        if full is None and a == b == word and cues(self.language).is_paper(sentence.lemmas[word]):
            return None  # «Die Resolution verlangt …» is the text and no organisation
        if label == "ORG" or full is not None:
            spelled = full or bracketed(sentence, b)
            known = scene.world.lookup(spelled, self.language, scene.year) if spelled else None
            if known is not None:
                return Party("", known.name, known.country, known.kind, known.role)
            name = full or name
            country = scene.origin(index, sentence, first, last)
            if country is None and not is_international(name) and not is_foreign(scene, sentence, word):
                country = scene.countries.at(index)
            return Party("", name, country, "organisation")
        return None

    def _known(self, index: int, sentence: Sentence, word: int, first: int, last: int) -> PartyEntry | None:
        """A party of the lexicon: the whole phrase, its core, a name at its head."""
        scene = self.scene
        common = sentence.upos[word] == "NOUN"
        noun = generics(self.language).find(sentence.lemmas[word]) if common else None
        counted = bool(sentence.dependents(word, "nummod")) or scene.indefinite(sentence, word)
        # A bare organ («die Armee») is the country's that is talked about, unless an adjective says whose it is not.
        bare = not is_foreign(scene, sentence, word) and not (counted and noun)
        hint = None
        if bare and not (common and self._owned(index, sentence, word)):
            hint = (
                self._possessor(index, sentence, word)
                or scene.town(sentence, first, last)
                or sender(index, sentence, word, self.language, self.party)
                or scene.countries.at(index)
            )
            if hint in phrase_words("unarmed") and (
                army := scene.world.organ(sentence.forms[word], self.language, hint)
            ):
                hint = scene.countries.armed(index) if army.role == "military" else hint
        a, b = scene.core(index, sentence, word)
        for x, y in dict.fromkeys([(first, last), (a, b), (first, word), (word, word)]):
            found = scene.world.lookup(scene.text(sentence, x, y), self.language, scene.year, hint)
            if found is None or (found.kind == "person" and common):
                continue
            if found.kind == "organ" and (x, y) == (word, word) and a <= word < b and scene.label(index, word) == "ORG":
                continue  # «the Army of Ansar» is no army of a country
            if noun is not None and counted and found.kind == "organ" and found.role in ("military", "police"):
                continue  # «zwei US-Soldaten» are not the US military
            if counted and found.kind == "organ" and bare and hint and sentence.feats[word].get("Number") == "Plur":
                continue  # «mehrere Regierungen» are not the one that is talked about
            if (
                noun is not None
                and (noun.owner or found.kind not in ("organ", "government"))
                and not self._covers(found, sentence, word)
            ):
                continue  # «Anhänger der Hamas» are not Hamas
            if found.role == "parliament" and hint is not None and scene.origin(index, sentence, first, last) is None:
                addressed = self._addressing(index, word)
                found = (addressed and scene.world.organ(sentence.forms[word], self.language, addressed)) or found
            return self._here(found, scene.text(sentence, x, y))
        return None if counted else scene.organisation(sentence, word, first, last)

    def _addressing(self, index: int, word: int) -> str | None:
        """The country of the person who speaks to a bare parliament, which is that person's own («Netanyahu told lawmakers»)."""
        sentence = self.document.sentences[index]
        verb = sentence.heads[word]
        if verb < 0 or sentence.relation(word) == "nsubj":
            return None
        subjects = (self.party(index, w) for w in sentence.dependents(verb, "nsubj"))
        return next((p.country for p in subjects if p is not None and p.kind == "person"), None)

    def _foe(self, index: int, sentence: Sentence, word: int, first: int, last: int, army: PartyEntry) -> str | None:
        """The country of the rebels with whom a bare army is named in one breath: it is that country's («zwischen den
        Regierungstruppen und prorussischen Separatisten»)."""
        if self.scene.origin(index, sentence, first, last) is not None:
            return None
        beside = [
            *sentence.dependents(word, "conj"),
            *((sentence.heads[word],) if self._joined(sentence, word) else ()),
        ]
        rebels = (self.party(index, w) for w in beside if sentence.upos[w] in ("NOUN", "PROPN"))
        # Only a government's own troops are of the country of any group that they fight («die Armee und die Hamas»).
        kinds = ("rebels", "group") if army.name.endswith(_GOVERNMENT_FORCES) else ("rebels",)
        return next((p.country for p in rebels if p is not None and p.country and p.kind in kinds), None)

    @staticmethod
    def _joined(sentence: Sentence, word: int) -> bool:
        return sentence.relation(word) == "conj" and sentence.heads[word] >= 0

    def _here(self, found: PartyEntry, text: str) -> PartyEntry:
        """The party, or another one that its name means where its country is not talked about."""
        if found.country is None or self.scene.countries.named(found.country):
            return found
        return self.scene.world.elsewhere(found, text) or found

    def _covers(self, found: PartyEntry, sentence: Sentence, word: int) -> bool:
        """Whether the head noun itself belongs to the name that was found."""
        alone = self.scene.world.match(sentence.forms[word : word + 1], self.language, self.scene.year)
        if any(m.entry.id == found.id and m.whole for m in alone):
            return True
        around = self.scene.world.match(sentence.forms[max(0, word - 4) : word + 4], self.language, self.scene.year)
        offset = max(0, word - 4)
        return any(m.entry.id == found.id and m.whole and m.first + offset <= word <= m.last + offset for m in around)

    def _owned(self, index: int, sentence: Sentence, word: int) -> bool:
        """Whether a group or organisation, no state, has the noun as its own."""
        return self._owner(index, sentence, word) is not None

    def _possessor(self, index: int, sentence: Sentence, word: int) -> str | None:
        """The country of the state or person that a possessive pronoun means («Israel und seine Armee», “his government”)."""
        for child in sentence.dependents(word, "det", "nmod"):
            if sentence.upos[child] in ("DET", "PRON") and sentence.feats[child].get("Poss") == "Yes":
                found = self.party(index, child)
                if found is not None and found.kind in _HOLDERS:
                    return found.country
            elif (half := self.scene.half(sentence, child)) is not None:
                return half
        return None

    def _owner(self, index: int, sentence: Sentence, word: int) -> Party | None:
        """The group, organisation or local government, no state, that has the noun as its own («die Soldaten der UN-Mission»)."""
        for child in sentence.dependents(word, "nmod"):
            marker = case_marker(sentence, child)
            if marker is None or marker in phrase_words("genitive"):
                found = self.party(index, child)
                if found is not None and found.kind in _OWNERS:
                    return found
        return None


def _asks(sentence: Sentence, word: int) -> bool:
    """Whether a word that looks like a relative pronoun opens a question told on: no noun before, the clause is what is said."""
    clause = sentence.heads[word]
    return clause >= 0 and sentence.relation(word) == "nsubj" and sentence.relation(clause) == "ccomp"


def _first_person(sentence: Sentence, word: int) -> bool:
    return sentence.upos[word] in ("PRON", "DET") and sentence.feats[word].get("Person") == "1"


def _cut(sentence: Sentence, word: int) -> bool:
    """Whether a word is only the first part of a compound that is told with the next («Staats- und Regierungschefs»)."""
    return sentence.forms[word].endswith("-")
