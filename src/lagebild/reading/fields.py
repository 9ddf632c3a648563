"""The smaller fields of a finding: mode, issue and place (its time: `timing`)."""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.issues import issue_of_act, issues
from lagebild.model import MODES, Party, Place
from lagebild.reading.events import Act, head_vote
from lagebild.reading.parties import Resolver
from lagebild.reading.roles import role_scores
from lagebild.reading.syntax import clause_words, phrase

#: Log-odds that the head must give a place outside the act's own clause.
OUTSIDE = 1.0
#: A mode or issue that only the head names must be this probable (log).
SURE = -0.7
#: Log-odds against none above which the head lets a figure pass: one of measure «other», any other one.
OTHER, VETO = 0.5, -4.0
#: Log-odds by which the head's measure must lead over the words' to replace it: over «other», over any other one.
OTHERWISE, AGAINST = 0.0, 5.0


def mode(sentence: Sentence, act: Act) -> str | None:
    """The mode by the frame or the modifiers, else by the head where it is sure."""
    if act.mode in MODES[act.type]:
        return act.mode
    votes = {m: v for m, v in head_vote(sentence, act.word, "mode").items() if m in MODES[act.type] or m == "none"}
    best = max(votes, key=lambda m: votes[m], default="none")
    return best if best != "none" and votes[best] > SURE else None


def issue(sentence: Sentence, act: Act, content: Act | None, language: str) -> str | None:
    """What a verbal act is about: its frame, the act it names, its words, and the head's vote."""
    if act.frame is not None and act.frame.issue:
        return act.frame.issue
    scores: dict[str, float] = {}
    for name, log_p in head_vote(sentence, act.word, "issue").items():
        scores[name] = max(log_p, -7.0)
    if content is not None:
        found = issue_of_act(content.type, content.mode)
        if found:
            scores[found] = scores.get(found, -2.0) + 2.0
    lexicon = issues(language)
    for word in sentence.subtree(act.word)[:40]:
        if sentence.upos[word] in ("NOUN", "PROPN", "ADJ"):
            found = lexicon.find(sentence.lemmas[word])
            if found:
                scores[found] = scores.get(found, -2.0) + 1.0
    best = max(scores, key=lambda i: scores[i], default="none")
    return best if best != "none" and scores[best] > -2.5 else None


def judge_figure(sentence: Sentence, word: int, measure: str) -> str | None:
    """The measure of a quantity after the head has been heard: words that are sure need little of it, «other» its vote.

    None if the head finds no quantity there that bears on the situation.
    """
    votes = head_vote(sentence, word, "measure")
    if not votes:
        return measure
    best = max((m for m in votes if m != "none"), key=lambda m: votes[m])
    if votes[best] - votes[measure] > (OTHERWISE if measure == "other" else AGAINST):
        measure = best
    return measure if votes[best] - votes["none"] > (OTHER if measure == "other" else VETO) else None


def place_of(resolver: Resolver, index: int, sentence: Sentence, act: Act, parties: tuple[Party, ...]) -> Place | None:
    """The finest place named for the act: in its clause by a locative phrase, weighed with the head's vote."""
    votes = role_scores(sentence, act.word)
    best: tuple[float, Place] | None = None
    first, last = clause_words(sentence, act.word)
    for word in range(len(sentence)):
        if sentence.upos[word] not in ("PROPN", "NOUN") or sentence.relation(word) in ("flat", "compound"):
            continue
        if sentence.relation(word) not in ("obl", "nmod", "conj", "appos") and votes.table is None:
            continue
        a, b = phrase(sentence, word)
        vote = votes.of("place", a, b)
        score = vote if vote is not None else (1.0 if resolver.locative(sentence, word) else -1.0)
        inside = first <= word <= last
        score += (1.0 if resolver.locative(sentence, word) else -1.0) + (0.0 if inside else -OUTSIDE)
        if score <= 0:
            continue
        found = resolver.place(index, word)
        if found is None or any(p.span == found.span for p in parties):
            continue
        score += {"city": 0.6, "point": 0.6, "region": 0.3}.get(found.precision or "", 0.0)
        if best is None or score > best[0]:
            best = (score, found)
    return best[1] if best else None


def place_near(resolver: Resolver, index: int, sentence: Sentence, word: int) -> Place | None:
    """The finest locative place in the clause of a word."""
    first, last = clause_words(sentence, word)
    found = [
        place
        for other in range(first, last + 1)
        if sentence.upos[other] in ("PROPN", "NOUN")
        and resolver.locative(sentence, other)
        and (place := resolver.place(index, other)) is not None
    ]
    rank = {"point": 0, "city": 0, "region": 1, "area": 2, "country": 3}
    return min(found, key=lambda p: rank.get(p.precision or "", 2), default=None)
