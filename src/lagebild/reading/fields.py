"""The smaller fields of a finding: mode and measure (its issue: `topic`, its time: `timing`, its place: `locating`)."""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.issues import DEMANDS, MODE_OF
from lagebild.model import MODES
from lagebild.reading.events import Act
from lagebild.reading.head import head_vote

#: A mode that only the head names must be this probable (log).
SURE = -0.7
#: Log-odds against none above which the head lets a figure pass: one of measure «other», any other one.
OTHER, VETO = -0.5, -7.0
#: Log-odds by which the head's measure must lead over the words' to replace it: over «other», over any other one.
OTHERWISE, AGAINST = 0.0, 7.0


def mode(sentence: Sentence, act: Act, issue: str | None = None) -> str | None:
    """The mode by the frame or the modifiers, else by the head where it is sure, else by what a demand or refusal is about."""
    if act.mode in MODES[act.type]:
        return act.mode
    votes = {m: v for m, v in head_vote(sentence, act.word, "mode").items() if m in MODES[act.type] or m == "none"}
    best = max(votes, key=lambda m: votes[m], default="none")
    if best != "none" and votes[best] > SURE:
        return best
    return MODE_OF.get(issue or "") if act.type in DEMANDS else None


def judge_figure(sentence: Sentence, number: range, measure: str, fitting: frozenset[str]) -> str | None:
    """The measure of a quantity after the head has been heard: words that are sure need little of it, «other» its vote.

    `fitting` are the measures that what is counted can have; the head chooses among them and the one of the words.

    None if the head finds no quantity there that bears on the situation.
    """
    marked = (w for w in number if w == number[0] or sentence.upos[w] == "NOUN")
    heard = [votes for word in marked if (votes := head_vote(sentence, word, "measure"))]
    if not heard:
        return measure
    # Of «vier Millionen» the head may mark either word.
    votes = min(heard, key=lambda v: v["none"])
    best = max((m for m in votes if m in fitting or m == measure), key=lambda m: votes[m])
    if votes[best] - votes[measure] > (OTHERWISE if measure == "other" else AGAINST):
        measure = best
    return measure if votes[best] - votes["none"] > (OTHER if measure == "other" else VETO) else None
