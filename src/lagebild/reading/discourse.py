"""Which country a report is about at each of its sentences: whose police «die Polizei» is.

Every word that names a country (state, adjective of origin, people, place, known organisation or person) is a mention.
The whole report counts, near sentences more, and its headline; the weights were chosen by trying on annotated reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.countries import adjective, demonym
from lagebild.lexicon.parties import Parties
from lagebild.lexicon.placewords import placewords
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.syntax import case_marker

#: Weight of a mention anywhere in the report, and by how much a near one fades with each sentence.
ANYWHERE, FADING = 1.0, 0.7
#: A mention still to come counts this much of one that has been.
AHEAD = 0.3
#: What a town where a sentence plays counts for it («In Jerewan stürmten Demonstranten das Parlament»).
STAGE = 3.0
#: And this much where the sentence begins with it («In Südkorea forderte die Opposition …»).
FRONT = 6.0
#: What a headline counts for each country that it names and the report too.
HEADLINE = 2.0
#: Letters from which on a word of a headline may be a place's name.
_PLACE = 4
#: And what a place in which something happens counts for whose the rebels are, beside being named.
LYING = 3.0
#: The kind of papers, agencies and broadcasters.
MEDIA = "media"
_WORDS = re.compile(r"[\w-]+")
#: How many words of a title before a name may say where its bearer comes from.
TITLE = 3


class Countries:
    """The mentions of countries in one report and what follows from them."""

    def __init__(self, document: Document, world: Parties, year: int | None, title: str = "") -> None:
        """`title`: the report's headline, where it does not stand in the text."""
        self._title = _of_title(title, document.language, world, year)
        self._mentions: list[tuple[int, str]] = []
        self._found: dict[int, str | None] = {}
        self._stages: dict[int, tuple[str, float]] = {}
        self._places: list[tuple[int, str]] = []
        papers: list[tuple[int, str]] = []
        for index, sentence in enumerate(document.sentences):
            for country, paper in _named(document, sentence, world, year):
                (papers if paper else self._mentions).append((index, country))
            self._places += ((index, country) for country in _lying(document, sentence, world))
            stage = _stage(document, sentence, world)
            if stage is not None:
                self._stages[index] = stage
        # Where a paper or an agency is at home that tells of the world is not what a report is about if nothing else names it.
        told = {country for _, country in self._mentions} | phrase_words("home")
        #: The countries that the report names.
        self.every = frozenset(country for _, country in (*self._mentions, *papers))
        self._mentions += [mention for mention in papers if mention[1] in told]

    def armed(self, index: int) -> str | None:
        """The country talked about whose army «die Armee» may be: not one that has none («die Armee» in a report on Gaza)."""
        found = self.at(index)
        if found not in phrase_words("unarmed"):
            return found
        scores = {c: score for c, score in self._scores(index).items() if c not in phrase_words("unarmed")}
        return max(scores, key=lambda c: scores[c]) if scores else found

    def at(self, index: int) -> str | None:
        """The country that is talked about at a sentence, or None if the report names none."""
        if index not in self._found:
            scores = self._scores(index)
            self._found[index] = max(scores, key=lambda c: scores[c]) if scores else None
        return self._found[index]

    def local(self, index: int) -> str | None:
        """The country where it plays of what is told at a sentence, whoever acts there: that of rebels («Die
        französische Luftwaffe griff Stellungen im Norden Malis an. Die Rebellen …» are Malian)."""
        scores = self._scores(index)
        for sentence, country in self._places:
            if country in scores:
                near = FADING ** abs(index - sentence) * (AHEAD if sentence > index else 1.0)
                scores[country] += LYING * (ANYWHERE + near)
        return max(scores, key=lambda c: scores[c]) if scores else None

    def _scores(self, index: int) -> dict[str, float]:
        """How much each country is talked about at a sentence."""
        scores: dict[str, float] = {}
        for sentence, country in self._mentions:
            near = FADING ** abs(index - sentence) * (AHEAD if sentence > index else 1.0)
            scores[country] = scores.get(country, 0.0) + ANYWHERE + near
        for country in self._title:
            if country in scores:
                scores[country] += HEADLINE
        stage, weight = self._stages.get(index, ("", 0.0))
        if stage in scores:
            scores[stage] += weight
        return scores

    def named(self, country: str) -> bool:
        """Whether the report names a country at all."""
        return country in self.every

    @property
    def main(self) -> str | None:
        """The country that the report as a whole is about."""
        return self.at(0)


def _of_title(title: str, language: str, world: Parties, year: int | None) -> list[str]:
    """The countries that a headline names. It is not parsed: single words are places only if they are countries or regions, and an
    adjective tells where somebody comes from rather than what the report is about («Schweizer Helfer in Donezk getötet»)."""
    forms = _WORDS.findall(title)
    found: list[str] = []
    taken: set[int] = set()
    for match in world.match(forms, language, year) if forms else ():
        taken.update(range(match.first, match.last + 1))
        people = match.entry.kind == "population" or adjective(forms[match.first], language) is not None
        if match.entry.country and not people and world.elsewhere(match.entry, title) is None:
            found.append(match.entry.country)
    for word, form in enumerate(forms):
        if word not in taken and form[:1].isupper() and len(form) >= _PLACE:
            place = world.place(form, language)
            if place is not None and place.country and place.precision in ("country", "region"):
                found.append(place.country)
    return found


def _stage(document: Document, sentence: Sentence, world: Parties) -> tuple[str, float] | None:
    """The country where the main clause of a sentence plays, if it names a town there or begins with it, and its weight."""
    prepositions = placewords(document.language).prepositions
    for entity in sentence.entities:
        word = entity.first
        if sentence.relation(word) == "nmod" and sentence.upos[sentence.heads[word]] == "NOUN":
            word = sentence.heads[word]  # «in den Strassen von Jerewan»
        if entity.label != "LOC" or case_marker(sentence, word) not in prepositions:
            continue
        if sentence.relation(word) != "obl" or sentence.heads[word] != sentence.root:
            continue
        place = world.place(document.text[slice(*sentence.span(entity.first, entity.last))], document.language)
        front = word < sentence.root and sentence.upos[0] == "ADP" and sentence.heads[0] == word == entity.first
        if place is not None and place.country and (place.precision in ("city", "point") or front):
            return place.country, FRONT if front else STAGE
    return None


def _lying(document: Document, sentence: Sentence, world: Parties) -> Iterator[str]:
    """The countries of the places of a sentence in which something happens («in Mali», «um Konna», «im Norden Malis»)."""
    prepositions = placewords(document.language).prepositions
    for entity in sentence.entities:
        if entity.label != "LOC":
            continue
        word = entity.first
        if sentence.relation(word) == "nmod" and case_marker(sentence, word) is None and sentence.heads[word] >= 0:
            word = sentence.heads[word]
        if case_marker(sentence, word) not in prepositions:
            continue
        place = world.place(document.text[slice(*sentence.span(entity.first, entity.last))], document.language)
        if place is not None and place.country:
            yield place.country


def _named(document: Document, sentence: Sentence, world: Parties, year: int | None) -> list[tuple[str, bool]]:
    """The countries that the words of a sentence name, one item a mention, and whether only as the home of a medium."""
    found: list[tuple[str, bool]] = []
    matches = list(world.match(sentence.forms, document.language, year))
    # Where a mediator comes from is not what a report is about («der Schweizer Diplomatin Heidi Tagliavini»).
    taken = {
        word
        for match in matches
        if match.entry.kind == "person" and world.offices.international(match.entry.name, year)
        for word in range(max(match.first - TITLE, 0), match.last + 1)
        if word >= match.first or adjective(sentence.forms[word], document.language)
    }
    for match in matches:
        if match.first in taken:
            continue
        text = " ".join(sentence.forms[match.first : match.last + 1])
        if match.entry.country and world.elsewhere(match.entry, text) is None:
            found.append((match.entry.country, match.entry.kind == MEDIA))
            taken.update(range(match.first, match.last + 1))
    for word, form in enumerate(sentence.forms):
        if word in taken:
            continue
        country = adjective(form, document.language) or demonym(form, document.language)
        if country is None and "-" in form:
            country = adjective(form.split("-")[0], document.language)
        if country is not None:
            found.append((country, False))
            taken.add(word)
    for entity in sentence.entities:
        if entity.label == "LOC" and entity.first not in taken:
            start, end = sentence.span(entity.first, entity.last)
            place = world.place(document.text[start:end], document.language)
            if place is not None and place.country:
                found.append((place.country, False))
    return found
