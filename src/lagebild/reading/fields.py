"""The smaller fields of a finding: mode, issue and measure (its time: `timing`, its place: `locating`)."""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.issues import issue_of_act, issues
from lagebild.model import MODES
from lagebild.reading.events import Act, head_vote

#: A mode or issue that only the head names must be this probable (log).
SURE = -0.7
#: Log-odds against none above which the head lets a figure pass: one of measure «other», any other one.
OTHER, VETO = 0.5, -4.0
#: Log-odds by which the head's measure must lead over the words' to replace it: over «other», over any other one.
OTHERWISE, AGAINST = 0.0, 5.0
#: How many words of an issue the act that a verbal act is about weighs; words that can name an issue.
CONTENT = 2.0
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})


def mode(sentence: Sentence, act: Act) -> str | None:
    """The mode by the frame or the modifiers, else by the head where it is sure."""
    if act.mode in MODES[act.type]:
        return act.mode
    votes = {m: v for m, v in head_vote(sentence, act.word, "mode").items() if m in MODES[act.type] or m == "none"}
    best = max(votes, key=lambda m: votes[m], default="none")
    return best if best != "none" and votes[best] > SURE else None


def issue(sentence: Sentence, act: Act, content: Act | None, language: str) -> str | None:
    """What a verbal act is about: its frame, the act it names, its own words, else those of the sentence.

    The head has no say: on reports it had not seen, its votes for an issue made more wrong than right.
    """
    if act.frame is not None and act.frame.issue:
        return act.frame.issue
    scores: dict[str, float] = {}
    if content is not None:
        found = issue_of_act(content.type, content.mode)
        if found:
            scores[found] = CONTENT
    own = sentence.subtree(act.word)[:40]
    for words in (own, range(len(sentence))):
        for word in words:
            found = issues(language).find(sentence.lemmas[word]) if sentence.upos[word] in _NAMING else None
            if found:
                scores[found] = scores.get(found, 0.0) + 1.0
        if scores:
            return max(scores, key=lambda i: scores[i])
    return "other" if act.type == "REQUEST" else None


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
