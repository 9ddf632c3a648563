"""The findings of one document: acts and figures joined with their roles, status, speakers, times, places and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import (
    VERBAL_TYPES,
    Because,
    Event,
    Figure,
    Party,
    Place,
    Span,
    Time,
)
from lagebild.reading.addressed import addressed
from lagebild.reading.adpositional import ADPOSITION
from lagebild.reading.anchored import since
from lagebild.reading.conditions import Tie, conditions
from lagebild.reading.events import Act
from lagebild.reading.evidence import evidence_words
from lagebild.reading.fields import mode
from lagebild.reading.figures import RawFigure, counter
from lagebild.reading.following import Attacks
from lagebild.reading.likewise import likewise
from lagebild.reading.locating import place_near, place_of
from lagebild.reading.parties import Resolver
from lagebild.reading.roles import Filler, fillers
from lagebild.reading.sources import source_parties
from lagebild.reading.status import Reality, reality
from lagebild.reading.syntax import is_verbal
from lagebild.reading.times import FoundTime
from lagebild.reading.timing import in_present, time_of
from lagebild.reading.topic import Topics
from lagebild.reading.utterance import Utterance
from lagebild.reading.vouching import Told, hear_speakers, vouched_at, vouched_event

#: The type whose acts are told on by pointing back to them.
ATTACK = "ASSAULT"
#: The mode of acts that somebody performs between others.
MEDIATION = "third-party"


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event before ids are given."""

    act: Act
    reality: Reality
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    because: tuple[Because, ...]


class Work:
    """The reading of one document."""

    def __init__(
        self,
        document: Document,
        published: date | None,
        utterances: list[Utterance],
        times: list[FoundTime],
        title: str = "",
    ) -> None:
        self.document = document
        self.published = published
        self.utterances = utterances
        self.times: dict[int, list[FoundTime]] = {}
        for time in times:
            self.times.setdefault(time.sentence, []).append(time)
        self.acts: dict[int, frozenset[int]] = {}
        self.resolver = Resolver(document, published, title)
        hear_speakers(self.resolver, utterances)
        self.topics = Topics(document)
        self.attacks = Attacks(document.language)
        #: Acts that are conditions, and so have not happened.
        self.unreal: set[tuple[int, int]] = set()
        #: Acts that do again what another did, and the recipients of all acts so far.
        self.again: dict[tuple[int, int], tuple[int, int]] = {}
        self.recipients: dict[tuple[int, int], tuple[Party, ...]] = {}
        #: The places of the events of each sentence, by the event's word.
        self.places: dict[int, list[tuple[int, Place]]] = {}

    # ------------------------------------------------------------------ events

    def events(self, acts: list[Act]) -> Iterator[Event]:
        by_sentence: dict[int, list[Act]] = {}
        for act in acts:
            by_sentence.setdefault(act.sentence, []).append(act)
        for act, before in list(likewise(self.document.sentences, by_sentence, self.document.language)):
            acts.append(act)
            by_sentence[act.sentence] = sorted((*by_sentence.get(act.sentence, ()), act), key=lambda a: a.word)
            self.again[act.place] = before.place
        by_sentence = dict(sorted(by_sentence.items()))
        names = {act.place: f"e{number}" for number, act in enumerate(acts, 1)}
        ties: dict[tuple[int, int], list[Tie]] = {}
        for tie in conditions(self.document.sentences, by_sentence, self.document.language):
            ties.setdefault(tie.then, []).append(tie)
            if not tie.real:
                self.unreal.add(tie.first)
        for index, here in by_sentence.items():
            sentence = self.document.sentences[index]
            self.acts[index] = frozenset(act.word for act in here)
            filled = fillers(self.resolver, index, sentence, here)
            drafts = [self._draft(index, sentence, act, found) for act, found in zip(here, filled, strict=True)]
            # «Protests followed» are nobody who did the same.
            drafts = [d for d in drafts if d.actors or d.act.place not in self.again]
            told = {d.act.word: Told(d.act, d.reality.status, d.actors) for d in drafts}
            parts = addressed(sentence, told, {d.act.word: (d.actors, d.recipients) for d in drafts})
            drafts = [replace(d, actors=parts[d.act.word][0], recipients=parts[d.act.word][1]) for d in drafts]
            self.recipients.update({d.act.place: d.recipients for d in drafts})
            for number, act in enumerate(d.act for d in drafts):
                yield self._event(index, sentence, drafts, number, ties.get(act.place, []), names)

    def _draft(self, index: int, sentence: Sentence, act: Act, filled: list[Filler]) -> _Draft:
        actors: list[Party] = []
        recipients: list[Party] = []
        because: list[Because] = []
        sources = self._sources(index, act.word)
        for filler in filled:
            if filler.party.span in sources:
                continue  # «nach Angaben der Vermittler Katar und Ägypten»: who tells it does not do it
            (actors if filler.role == "actor" else recipients).append(filler.party)
            because.append(
                Because("tree", f"{filler.role} «{filler.party.text}» in slot {filler.reason}", f"{filler.score:+.1f}")
            )
        mediators = [f.party for f in filled if f.role == "actor" and f.slot in phrase_words("owner")]
        if act.frame is not None and act.frame.mode == MEDIATION and not is_verbal(sentence, act.word) and mediators:
            # «unter Vermittlung Russlands einigten sich A und B»: it is Russia that mediates, between them.
            recipients = [p for p in (*actors, *recipients) if p not in mediators]
            actors = mediators
        if act.type in VERBAL_TYPES and sentence.upos[act.word] == "AUX":
            # «Russland müsse abziehen»: who says so demands it, of the subject.
            speakers = vouched_at(index, act.word, self.utterances, self.resolver).parties
            if speakers:
                names = {p.name for p in speakers}
                recipients = [p for p in (*actors, *recipients) if p.name not in names]
                actors = list(speakers)
        elif not actors and act.type in VERBAL_TYPES and sentence.upos[act.word] in ("ADJ", "ADV"):
            # «Der Minister sei untragbar»: who says so criticises, praises or demands.
            actors = list(vouched_at(index, act.word, self.utterances, self.resolver).parties)
        elif not actors and not is_verbal(sentence, act.word):
            owner = self.resolver.inside(index, act.word)
            if owner is not None and owner.name not in [p.name for p in recipients]:
                actors.append(owner)
                because.append(Because("rule", f"actor «{owner.text}» in the compound"))
        again = self.again.get(act.place)
        if again is not None and not recipients:
            recipients = list(self.recipients.get(again, ()))
        return _Draft(
            act, reality(sentence, act, self.document.language), tuple(actors), tuple(recipients), tuple(because)
        )

    def _sources(self, index: int, word: int) -> set[Span]:
        """Where those stand in the text whom a phrase names as the source of what stands at a word («laut der Polizei»)."""
        return {
            party.span
            for u in self.utterances
            if u.source.startswith(ADPOSITION) and u.speaker is not None and u.covers(index, word)
            for party in source_parties(self.document, self.resolver, *u.speaker)
            if party.span is not None
        }

    def _event(
        self,
        index: int,
        sentence: Sentence,
        drafts: list[_Draft],
        number: int,
        ties: list[Tie],
        names: dict[tuple[int, int], str],
    ) -> Event:
        draft = drafts[number]
        act, status = draft.act, draft.reality.status
        told = {d.act.word: Told(d.act, d.reality.status, d.actors) for d in drafts}
        voucher = vouched_event(index, sentence, told[act.word], told, self.utterances, self.resolver)
        said_by, stance = voucher.parties, voucher.stance
        if draft.reality.stance and not said_by:
            stance = draft.reality.stance
        if stance == "denies":
            status = "denied"
        if act.place in self.unreal and status in ("occurred", "ongoing"):
            status = "considered"
        marked = {tie.first for tie in ties if tie.clause}
        if marked and status in ("planned", "considered", "ongoing", "occurred", "demanded"):
            needed = [d for d in drafts if d.act.place in marked]
            future = status != "occurred" or any(d.reality.status == "demanded" for d in needed)
            status = "conditional" if future else status
        span = sentence.span(*evidence_words(sentence, act.word, act.type, told, self.document.language))
        trigger = sentence.span(act.word, act.word)
        because = [*act.because, *draft.because, *draft.reality.because, *voucher.because]
        because.append(Because("tree", f"{sentence.deprels[act.word]} of «{_head_form(sentence, act.word)}»"))
        because += [Because("lexicon", f"condition «{cue}»") for cue in dict.fromkeys(tie.cue for tie in ties)]
        here = [d.act for d in drafts]
        issue = self.topics.issue(index, sentence, act, here) if act.type in VERBAL_TYPES else None
        place = place_of(self.resolver, index, sentence, act, here, (*draft.actors, *draft.recipients))
        if place is not None:
            self.places.setdefault(index, []).append((act.word, place))
        time = time_of(self.times.get(index, []), sentence, act.word, status, self.acts[index])
        if time is None and status in ("occurred", "ongoing"):
            time = since(self.document, sentence, act.word, self.times.get(index, []))
        if status in ("occurred", "ongoing") and self._to_come(time):
            status = "planned" if in_present(sentence, act.word, self.document.language) else status
        if act.type == ATTACK:
            there, then = self.attacks.before(index, sentence, act.word)
            place, time = place or there, time or then
            self.attacks.tell(index, act.word, place, time)
        return Event(
            id=names[act.place],
            type=act.type,
            status=status,
            trigger=self.document.text[slice(*trigger)],
            evidence=self.document.text[slice(*span)],
            trigger_span=trigger,
            evidence_span=span,
            mode=mode(sentence, act, issue),
            issue=issue,
            actors=draft.actors,
            recipients=draft.recipients,
            place=place,
            time=time,
            said_by=said_by,
            stance=stance,
            conditions=tuple(names[tie.first] for tie in ties),
            confidence=act.confidence,
            because=tuple(because),
        )

    def _to_come(self, time: Time | None) -> bool:
        """Whether a time lies wholly after the report."""
        return bool(time and time.start and self.published and time.start > self.published.isoformat())

    # ------------------------------------------------------------------ figures

    def figures(self, raw: Iterable[RawFigure]) -> Iterator[Figure]:
        for number, figure in enumerate(raw, 1):
            sentence = self.document.sentences[figure.sentence]
            voucher = vouched_at(figure.sentence, figure.word, self.utterances, self.resolver)
            said_by = voucher.parties or self._counters(figure, sentence)
            text = self.document.text
            there, then = self.attacks.before(figure.sentence, sentence, figure.word)
            yield Figure(
                id=f"f{number}",
                measure=figure.measure,
                value=figure.value,
                precision=figure.precision,
                trigger=text[slice(*figure.trigger_span)],
                evidence=text[slice(*figure.evidence_span)],
                trigger_span=figure.trigger_span,
                evidence_span=figure.evidence_span,
                of=figure.of(text),
                place=self._figure_place(figure, sentence) or there,
                time=time_of(
                    self.times.get(figure.sentence, []),
                    sentence,
                    figure.word,
                    None,
                    self.acts.get(figure.sentence, frozenset()),
                )
                or then,
                said_by=said_by,
                stance=voucher.stance,
                because=(Because("lexicon", figure.source or f"measure {figure.measure}"), *voucher.because),
            )

    def _counters(self, figure: RawFigure, sentence: Sentence) -> tuple[Party, ...]:
        """Who counts or estimates a figure that nobody else vouches for."""
        subject = counter(sentence, figure.word, self.document.language)
        found = self.resolver.source(figure.sentence, subject) if subject is not None else None
        return (found,) if found is not None else ()

    def _figure_place(self, figure: RawFigure, sentence: Sentence) -> Place | None:
        """The place of the event of its sentence that is nearest, else that of its clause."""
        told = self.places.get(figure.sentence, [])
        if told:
            return min(told, key=lambda pair: abs(pair[0] - figure.word))[1]
        return place_near(self.resolver, figure.sentence, sentence, figure.word)


def _head_form(sentence: Sentence, word: int) -> str:
    return sentence.forms[sentence.heads[word]] if sentence.heads[word] >= 0 else "root"
