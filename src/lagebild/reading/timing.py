"""When a finding happens: which of a sentence's time expressions belongs to its word, and in which direction it lies."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import frames
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Time
from lagebild.reading.roles import role_scores
from lagebild.reading.syntax import case_marker, clause_head, is_verbal
from lagebild.reading.times import FoundTime, happens, has_phase, resolve, simultaneous

#: Relations of a time that is no one day.
_STRETCHES = ("since", "until", "from", "each")
_AHEAD = frozenset({"planned", "demanded", "considered", "conditional"})
#: How well a time belongs to a word by the tree alone (log-odds): it hangs on the word itself; on the predicate of its
#: clause and the word is that, an argument of it, or deeper; it hangs on a noun or participle that holds the word, on one
#: in the word's own phrase, on one that sets the scene («bei einem Angriff am Montag»), on another.
OWN, PREDICATE, ARGUMENT, DEEPER = 3.0, 2.5, 1.5, 0.7
WITHIN, PHRASE, SETTING, ELSEWHERE = 0.3, 1.5, 1.0, -1.5
#: From another clause: of the first of two coordinated predicates, of a clause that goes on at the same time, of a relative
#: clause that tells nothing of its own; of any other.
COORDINATED, MEANWHILE, RELATIVE, FOREIGN = 1.0, 0.5, 1.5, -3.0
#: The time of a verb that is itself an act is that act's, not that of what it is about.
ABOUT = -0.2
#: Weight of the learned head's vote, what a set («täglich») and a reference («jetzt») lose against a day.
VOTE, SET, REFERENCE = 0.6, -1.0, -0.3
#: What a day gains for which something is set («called an election for October 26»): the learned head takes it for a purpose.
SET_FOR = 1.0
#: Log-odds beyond which the head's vote against a time counts no more.
REFUSED = -2.0


def time_of(
    found: list[FoundTime], sentence: Sentence, word: int, status: str | None, acts: frozenset[int] = frozenset()
) -> Time | None:
    """The time that the report gives for the finding at a word, or None.

    `status` of an event decides between past and future where its words leave that open; None leaves it to the clause.
    `acts` are the words of all acts of the sentence.
    """
    votes = role_scores(sentence, word) if found else None
    if status is None and sentence.relation(word) in ("nummod", "det", "amod") and sentence.heads[word] >= 0:
        word = sentence.heads[word]  # a figure stands where its noun stands
    best: tuple[float, FoundTime] | None = None
    for time in found:
        if time.expression.type == "DURATION" and not _placed(time):
            continue
        score = _attachment(sentence, time, word, acts)
        vote = votes.of("time", time.first, time.last) if votes else None
        score += VOTE * max(vote, REFUSED) if vote is not None else 0.0
        if _set_for(sentence, time, word):
            score = max(score, OWN + VOTE * REFUSED) + SET_FOR
        score += SET if time.expression.type == "SET" else REFERENCE if time.expression.value.endswith("_REF") else 0.0
        if score > 0 and (best is None or score > best[0]):
            best = (score, time)
    return _directed(sentence, best[1], word, status) if best else None


def _set_for(sentence: Sentence, time: FoundTime, word: int) -> bool:
    """Whether a word sets its object for a day, on whichever of the two the parser hung the day."""
    if time.relation != "for" or time.expression.type != "DATE":
        return False
    governor = _governor(sentence, time)[1]
    return governor == word or (governor >= 0 and governor in sentence.dependents(word, "obj"))


def _placed(time: FoundTime) -> bool:
    """A length that says when («vor drei Tagen», «seit Jahren»), not only how long («sieben Jahre Haft»)."""
    return bool(time.time.start or time.time.end) or time.relation in ("since", "ago", "in", "within")


def _directed(sentence: Sentence, time: FoundTime, word: int, status: str | None) -> Time:
    """The time in the direction of the status, if the words do not settle it."""
    if status in _AHEAD:
        # «Im September wurde eine Waffenruhe vereinbart»: the truce lies ahead, the time of the clause does not.
        past = time.frame.future is False and time.relation not in ("until", "for")
        return time.time if past and _governor(sentence, time)[1] != word else resolve(time, True)
    if status == "occurred":
        return resolve(time, _on_a_day_to_come(sentence, time, word))
    return time.time


def _on_a_day_to_come(sentence: Sentence, time: FoundTime, word: int) -> bool:
    """Whether a verb in the present tense has a weekday («Am Freitag tagt der Rat»): the news tells in the past tense what
    was, so this will be."""
    named = any(name == "weekday" for name, _ in time.groups) and time.relation not in _STRETCHES
    return named and in_present(sentence, word, time.language) and _governor(sentence, time)[1] == word


def in_present(sentence: Sentence, word: int, language: str) -> bool:
    """A finite verb of a main clause in the present tense, without auxiliary. In the plural it has the form by which the
    lexicon knows it, whatever tense the analyser names («verhandeln», not «verschoben»)."""
    feats = sentence.feats[word]
    if feats.get("VerbForm") != "Fin" or feats.get("Mood", "Ind") != "Ind" or sentence.dependents(word, "aux", "mark"):
        return False
    if sentence.relation(word) not in ("root", "conj", "parataxis"):
        return False
    told = feats.get("Tense")
    if told is None or (told == "Pres" and _several(sentence, word)):
        return any(frames(language).find(form, "VERB") for form in _whole(sentence, word))
    return told == "Pres"


def _several(sentence: Sentence, verb: int) -> bool:
    """Whether a verb or its subject stands in the plural, by any word that shows it («die Minister»)."""
    subjects = sentence.dependents(verb, "nsubj")
    shown = [verb, *subjects, *(c for n in subjects for c in sentence.dependents(n, "det", "amod"))]
    return any(sentence.feats[w].get("Number") == "Plur" for w in shown)


def _whole(sentence: Sentence, word: int) -> Iterator[str]:
    """The form of a verb, alone and with the particle that is split off it («treten zusammen»)."""
    yield sentence.forms[word]
    for child in sentence.children[word]:
        if child > word:
            yield sentence.forms[child] + sentence.forms[word]
            yield f"{sentence.forms[word]} {sentence.forms[child]}"


def _governor(sentence: Sentence, time: FoundTime) -> tuple[int, int]:
    """The head word of a time expression and the word that it hangs on (-1: none)."""
    for node in range(time.first, time.last + 1):
        head = sentence.heads[node]
        if not time.first <= head <= time.last and sentence.relation(node) not in ("case", "punct", "det"):
            carried = head >= 0 and sentence.relation(head) in ("aux", "cop")
            return node, sentence.heads[head] if carried else head
    return time.first, sentence.heads[time.first]


def _attachment(sentence: Sentence, time: FoundTime, word: int, acts: frozenset[int]) -> float:
    node, governor = _governor(sentence, time)
    if governor == word:
        return OWN
    if _happening(sentence, time, governor, word):
        return RELATIVE
    if sentence.relation(word) == "conj" and sentence.heads[word] == governor and node < word:
        return COORDINATED if not is_verbal(sentence, word) or not sentence.dependents(word, "nsubj") else SETTING
    own, its = clause_head(sentence, word), clause_head(sentence, node)
    if own != its and _bracketed(sentence, own, node, governor):
        its = governor = own
    if own != its:
        return _from_another_clause(sentence, time, node, word, acts)
    if governor >= 0 and governor != its and not _before_its_noun(sentence, node, governor):
        if word in sentence.subtree(governor):
            return WITHIN
        if _below(sentence, governor, word) and not is_verbal(sentence, word):
            return PHRASE
        setting = sentence.heads[governor] == its and case_marker(sentence, governor) in phrase_words("carried")
        return SETTING if setting and not is_verbal(sentence, governor) else ELSEWHERE
    if own == word:
        return PREDICATE
    if _infinitive(sentence, word, its) and not has_phase(sentence, its, time.language):
        return FOREIGN
    if its in acts and word in acts:
        return ABOUT
    return ARGUMENT if sentence.heads[word] == its else DEEPER


def _from_another_clause(sentence: Sentence, time: FoundTime, node: int, word: int, acts: frozenset[int]) -> float:
    own, its, governor = clause_head(sentence, word), clause_head(sentence, node), _governor(sentence, time)[1]
    antecedent = sentence.heads[own]
    if sentence.relation(own) == "acl" and antecedent in acts and governor >= 0:
        if governor == antecedent or _below(sentence, governor, antecedent):
            return SETTING  # «der Anschlag vom Montag, bei dem zwölf Menschen starben»
    if sentence.heads[its] == word and sentence.relation(its) == "acl" and its not in acts:
        return RELATIVE
    if sentence.heads[own] == its and governor == its:
        if sentence.relation(own) == "conj" and node < own:
            return COORDINATED
        if sentence.relation(own) == "advcl" and simultaneous(sentence, own, time.language):
            return MEANWHILE
        if sentence.feats[own].get("VerbForm") == "Inf" and has_phase(sentence, its, time.language):
            return COORDINATED
    return FOREIGN


def _happening(sentence: Sentence, time: FoundTime, governor: int, word: int) -> bool:
    """A time of something's appearing or taking place is that of what is told there, and of the act that takes place:
    «In einem gestern veröffentlichten Bericht forderte er …», «der Angriff auf die Stadt, der am Montag stattfand»."""
    if governor < 0 or not happens(sentence, governor, time.language):
        return False
    if sentence.relation(governor) not in ("amod", "acl"):
        return False
    noun = sentence.heads[governor]
    if is_verbal(sentence, word):
        setting = sentence.relation(noun) == "nsubj" or case_marker(sentence, noun) in phrase_words("carried")
        return setting and sentence.heads[noun] == word
    return noun != word and _below(sentence, noun, word) and sentence.relation(governor) == "acl"


def _before_its_noun(sentence: Sentence, node: int, governor: int) -> bool:
    """A time before the noun that it is said to hang on: German and English nouns take theirs after them."""
    return (
        node < governor
        and sentence.upos[governor] in ("NOUN", "PROPN", "PRON", "NUM")
        and sentence.relation(node) != "amod"
    )


def _bracketed(sentence: Sentence, verb: int, node: int, governor: int) -> bool:
    """A time between the two parts of a verb belongs to it, whatever the parser hangs it on («wurden heute … verurteilt»)."""
    parts = [verb, *sentence.dependents(verb, "aux", "cop", "compound:prt")]
    return min(parts) < node < max(parts) and not min(parts) <= governor <= max(parts)


def _below(sentence: Sentence, word: int, top: int) -> bool:
    """`word` stands in the phrase of `top`, with no verb between."""
    for other in sentence.ancestors(word):
        if other == top:
            return True
        if is_verbal(sentence, other):
            return False
    return False


def _infinitive(sentence: Sentence, word: int, clause: int) -> bool:
    """An infinitive that its governor only asks for, plans or the like stands between a word and its clause's verb."""
    for other in (word, *sentence.ancestors(word)):
        if other == clause:
            return False
        if (
            sentence.relation(other) in ("xcomp", "ccomp", "acl", "advcl")
            and sentence.feats[other].get("VerbForm") == "Inf"
        ):
            return True
    return False
