"""Finds acts and their types: the lexicon's frames and the learned head, each alone or fused.

The lexicon proposes the types of a lemma whose needs the clause fulfils; the head gives a probability to every word and
type. Fused, a frame shifts the head's odds for its type; the constants below were chosen on development reports.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Literal

from lagebild.language.document import Document, Sentence
from lagebild.language.lemma import participle_of
from lagebild.lexicon.cues import cues
from lagebild.lexicon.frames import Filling, Frame, Frames, fold, frames
from lagebild.lexicon.generics import generics, party_nouns
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Because
from lagebild.reading.distinct import distinct
from lagebild.reading.fillers import PAST, bare_objects, fillers, happened, joined_lemmas, verb_lemmas
from lagebild.reading.head import head_scores, word_odds
from lagebild.reading.pronouns import is_bare
from lagebild.reading.syntax import Slot, case_marker, is_passive, is_verbal, slots
from lagebild.reading.timex import names_time

Voices = Literal["lexicon", "head", "both"]

#: Log-odds that a frame adds to its type, a weak one, and what a word without a frame loses.
STRONG, WEAK, UNKNOWN = 6.0, 2.0, -2.0
#: A frame whose needs are filled is surer than one without needs.
NEEDS_MET = 0.8
#: Log-odds beyond which the head is no surer: long training makes it sure of itself, not right.
CERTAIN = 5.0
#: Log-odds above which a word is an event, and the same for the head alone.
THRESHOLD = 0.0
#: Acts that are called like those who are sent to do them: forces, missions, deployments.
_SENT = frozenset({"AID", "MOBILIZE"})
_CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "AUX"})


@dataclass(frozen=True, slots=True)
class Act:
    """A word that names an event: where it stands, its type, the frame that knows it, and why it was taken."""

    sentence: int
    word: int
    type: str
    mode: str | None
    frame: Frame | None
    confidence: float
    because: tuple[Because, ...]
    arguments: tuple[Slot, ...]

    @property
    def place(self) -> tuple[int, int]:
        return self.sentence, self.word


def find_acts(document: Document, voices: Voices = "both") -> list[Act]:
    """All acts of a document, in text order."""
    lexicon = frames(document.language)
    acts: list[Act] = []
    told: set[tuple[str, str]] = set()
    before: Sentence | None = None
    for index, sentence in enumerate(document.sentences):
        found = [
            act
            for word in range(len(sentence))
            if sentence.upos[word] in _CONTENT
            and (act := _act(index, sentence, word, lexicon, voices, before, told)) is not None
        ]
        acts += distinct(sentence, [act for act in found if not _speaks(sentence, act, document.language)])
        told |= {(act.type, act.mode) for act in found if act.mode is not None and act.frame is not None}
        before = sentence
    return acts


def _speaks(sentence: Sentence, act: Act, language: str) -> bool:
    """Whether those who are sent speak, so that they are a party and no act: “the peacekeeping force said”."""
    if act.type not in _SENT or sentence.relation(act.word) != "nsubj" or is_verbal(sentence, act.word):
        return False
    verb = sentence.heads[act.word]
    spoken = cues(language).verbs
    return (
        is_verbal(sentence, verb)
        and not is_passive(sentence, verb)
        and any(v in spoken for v in verb_lemmas(sentence, verb))
    )


def matching_frames(
    sentence: Sentence,
    word: int,
    lexicon: Frames,
    before: Sentence | None = None,
    told: Set[tuple[str, str]] = frozenset(),
) -> list[tuple[Frame, bool]]:
    """Frames of a word whose needs hold, the most specific first; the flag says that needs were met.

    `before`: the sentence before, for what a pronoun stands for. `told`: types and modes of the acts of the sentences before,
    with which a bare noun goes on («tauschten Gefangene aus … ein weiterer Austausch»).
    """
    filled: dict[str, list[tuple[str, int]]] | None = None
    for candidates in _candidates(sentence, word, lexicon):
        result: list[tuple[Frame, bool]] = []
        echoes: list[tuple[Frame, bool]] = []
        for frame in candidates:
            if not frame.needs and not frame.excludes:
                result.append((frame, False))
                continue
            if filled is None:
                filled = fillers(sentence, word, lexicon.measures, before)
            particle = frame.lemma.rpartition(" ")[2]
            if "obj" not in filled and particle in filled:
                # «shrugged off the claim»: the tree may take a particle for the preposition of the object.
                filled["obj"] = filled[particle]
            elif "obj" not in filled and particle != frame.lemma and (bare := bare_objects(sentence, word)):
                filled["obj"] = bare
            if all(_takes(sentence, lexicon, filled, slot, f) for slot, f in frame.needs) and not any(
                _takes(sentence, lexicon, filled, slot, f) for slot, f in frame.excludes
            ):
                result.append((frame, bool(frame.needs)))
            elif (frame.type, frame.mode) in told and _goes_on(sentence, word, frame):
                echoes.append((frame, False))
        result += [echo for echo in echoes if all(echo[0].type != frame.type for frame, _ in result)]
        if result:
            result.sort(key=lambda item: -len(item[0].needs))
            return result
    return []


def _goes_on(sentence: Sentence, word: int, frame: Frame) -> bool:
    """Whether a noun leaves all that a frame needs to what was told before."""
    complements = all(slot in phrase_words("complements") for slot, _ in frame.needs)
    # No name: «the Secretary of State» is no state of emergency.
    plain = frame.upos == "NOUN" and sentence.upos[word] == "NOUN"
    return plain and not frame.excludes and complements and is_bare(sentence, word)


def _candidates(sentence: Sentence, word: int, lexicon: Frames) -> Iterator[list[Frame]]:
    """The frames of each lemma that a word may stand for; the next are asked only if no need of the former holds."""
    if is_verbal(sentence, word):
        for lemma in (*joined_lemmas(sentence, word), *verb_lemmas(sentence, word)):
            if found := lexicon.find(lemma, "VERB"):
                yield found
        return
    if _only_names(sentence, word):
        return
    for joined in joined_lemmas(sentence, word):
        if found := lexicon.find(joined, "NOUN"):
            yield found
    found = lexicon.find(sentence.lemmas[word], sentence.upos[word])
    if not found and sentence.upos[word] in ("NOUN", "PROPN"):
        found = lexicon.find(sentence.forms[word], "NOUN")
    if not found and sentence.upos[word] == "ADJ" and not lexicon.barred(sentence.lemmas[word]):
        found = lexicon.find(participle_of(sentence.lemmas[word], lexicon.language), "VERB")
    if found:
        yield found


def _only_names(sentence: Sentence, word: int) -> bool:
    """A noun within a longer name («Amnesty International»), or one that only says which kind («riot police»)."""
    if any(e.first < e.last and e.first <= word <= e.last and e.label in ("ORG", "PER") for e in sentence.entities):
        return sentence.upos[word] == "PROPN"
    head = sentence.heads[word]
    return sentence.deprels[word] == "compound" and head > word and sentence.upos[head] in ("NOUN", "PROPN")


def _tells_of_past(sentence: Sentence, word: int, lexicon: Frames) -> bool:
    """Whether a verb that may demand tells of what is past instead, so that it is no act: all its frames exclude that."""
    if not is_verbal(sentence, word) or not any(happened(sentence, c) for c in sentence.dependents(word, "ccomp")):
        return False
    found = lexicon.find(sentence.lemmas[word], "VERB")
    return any(slot == PAST for frame in found for slot, _ in frame.excludes)


def _takes(
    sentence: Sentence, lexicon: Frames, filled: dict[str, list[tuple[str, int]]], slot: str, filling: Filling
) -> bool:
    return any(
        filling.takes(lemma) or (filling.party and _is_party(sentence, word, lexicon.language))
        for lemma, word in filled.get(slot, ())
    )


def _is_party(sentence: Sentence, word: int, language: str) -> bool:
    """A name of a person, organisation or place, or a noun that names parties; a weekday is none ("called on Friday")."""
    if names_time(sentence.forms[word], language):
        return False
    if sentence.upos[word] == "PROPN" or any(e.first <= word <= e.last for e in sentence.entities):
        return True
    if sentence.upos[word] != "NOUN":
        return False
    lemma = sentence.lemmas[word]
    return fold(lemma) in party_nouns(language) or generics(language).find(lemma) is not None


def _act(
    index: int,
    sentence: Sentence,
    word: int,
    lexicon: Frames,
    voices: Voices,
    before: Sentence | None,
    told: Set[tuple[str, str]],
) -> Act | None:
    known = matching_frames(sentence, word, lexicon, before, told) if voices != "head" else []
    events = getattr(sentence.scores, "events", None) if voices != "lexicon" else None
    if events is not None and not known:
        # Most words name no event: no lexicon entry fits, and the head does not think so either.
        lead = max(min(word_odds(events)[2][word], CERTAIN), -CERTAIN)
        if lead + (UNKNOWN if voices == "both" else 0.0) <= THRESHOLD:
            return None
    scores = head_scores(events, word) if events is not None else None
    if voices == "lexicon" or (voices == "both" and scores is None):
        strong = next(((f, met) for f, met in known if met or not f.weak), None)
        if strong is None:
            return None
        frame: Frame | None = strong[0]
        assert frame is not None
        event_type, confidence = frame.type, 0.7
        because = [Because("lexicon", frame.name)]
    elif scores is None:
        return None
    else:
        none, odds = scores
        # What stands before a noun mostly says what it is like: «free trade», «armed forces» are no acts of freeing and arming.
        attribute = sentence.upos[word] == "ADJ" and sentence.relations[word] == "amod"
        if voices == "both" and not known and _tells_of_past(sentence, word, lexicon):
            return None
        best: tuple[float, str, Frame | None] | None = None
        first = {f.type: f for f, _ in reversed(known)}
        for event_type, log_p in odds.items():
            frame = first.get(event_type)
            value = max(min(log_p - none, CERTAIN), -CERTAIN)
            if voices == "both":
                if frame is None:
                    value += UNKNOWN
                else:
                    value += WEAK if frame.weak or attribute else STRONG
                    value += NEEDS_MET if frame.needs else 0.0
            if best is None or value > best[0]:
                best = (value, event_type, frame)
        assert best is not None
        if best[0] <= THRESHOLD:
            return None
        value, event_type, frame = best
        confidence = 1 / (1 + math.exp(-max(min(value, 30.0), -30.0)))
        because = [Because("head", f"{event_type} log-odds {odds[event_type] - none:+.2f}")]
        if frame is not None:
            because.append(Because("lexicon", frame.name, "weak entry" if frame.weak else ""))
    arguments = slots(sentence, word)
    return Act(
        sentence=index,
        word=word,
        type=event_type,
        mode=_mode(sentence, word, event_type, frame, lexicon),
        frame=frame,
        confidence=round(confidence, 3),
        because=tuple(because),
        arguments=arguments,
    )


def _mode(sentence: Sentence, word: int, event_type: str, frame: Frame | None, lexicon: Frames) -> str | None:
    for child in sentence.children[word]:
        # What it is done with says more than the verb: «mit Raketen beschossen».
        if sentence.relations[child] in ("obl", "nmod") and case_marker(sentence, child) in phrase_words("instrument"):
            mode = lexicon.mode_of(sentence.lemmas[child], event_type)
            if mode:
                return mode
    if frame is not None and frame.mode:
        return frame.mode
    for child in sentence.children[word]:
        if sentence.relations[child] in ("amod", "compound", "nmod", "obl", "nsubj"):
            mode = lexicon.mode_of(sentence.lemmas[child], event_type)
            if mode:
                return mode
    return None
