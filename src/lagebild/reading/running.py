"""Speech that runs on without a cue of its own: Konjunktiv, words that tie back, hearsay."""

from __future__ import annotations

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.extent import Range, trimmed_range
from lagebild.reading.syntax import is_verbal
from lagebild.reading.utterance import Utterance

#: The source of an utterance whose speaker is no more than the subject of the sentence before.
AFTER_SUBJECT = "Konjunktiv after a subject"

#: The source of what is said to be so: the speaker before it is likely meant, but nobody is named.
HEARSAY = "hearsay"

#: The source of a sentence with sollen behind somebody's words: it likely tells what he wants, but as the report's own words.
RUNNING_DEMAND = "running demand"

#: The source of a sentence in Konjunktiv II behind somebody's words: it likely belongs to them, but may be the writer's own «would».
OWN_WOULD = "running would"

#: The sources of sentences in Konjunktiv that go on with the last speaker.
RUNNING = "running Konjunktiv"
GOING_ON = frozenset({RUNNING, OWN_WOULD})


def find_running(document: Document, index: int, previous: Utterance | None, lexicon: Cues) -> Utterance | None:
    """A sentence in Konjunktiv without a cue of its own goes on with the last speaker; sollen is hearsay."""
    sentence = document.sentences[index]
    root = sentence.root
    # A finite verb at the root needs no auxiliary: one that hangs on it is another clause's («Er erklärte, sie hätten …»).
    heads = (
        (root,) if sentence.feats[root].get("VerbForm") == "Fin" else (root, *sentence.dependents(root, "aux", "cop"))
    )
    finite = [w for w in heads if sentence.feats[w].get("VerbForm") == "Fin"]
    whole = _whole(sentence)
    if whole is None:
        return None
    subjunctives = [w for w in finite if sentence.feats[w].get("Mood") == "Sub"]
    moods = {sentence.feats[w].get("Tense") for w in subjunctives}
    near = previous is not None and previous.speaker is not None and index - previous.last_sentence <= 2
    # Konjunktiv II stands for I where that would look like the indicative, but it may also be the writer's own «would».
    goes_on = bool(moods - {"Past"}) or (bool(moods) and near)
    anaphor = sentence.form_keys[0] in lexicon.anaphors
    reports = bool(moods - {"Past"}) or any(sentence.forms[w].casefold() in lexicon.substitutes for w in subjunctives)
    if goes_on or anaphor:
        speaker = previous.speaker if previous and near else _last_subject(document, index) if goes_on else None
        if not goes_on:
            source = f"anaphor {sentence.forms[0]}"
        elif near:
            source = RUNNING if reports or anaphor else OWN_WOULD
        else:
            source = AFTER_SUBJECT
        first = whole[0] + 1 if anaphor and whole[0] == 0 < whole[1] else whole[0]
        return Utterance(
            type="Indirect" if anaphor else "IndirectFreeIndirect",
            content=((index, first, whole[1]),),
            cue=((index, 0),) if first > whole[0] else (),
            frame=((index, 0, 0),) if first > whole[0] else (),
            stance=previous.stance if previous and near and previous.stance == "believes" else "asserts",
            speaker=speaker,
            named=previous.named if previous and near else None,
            source=source,
        )
    told = previous is not None and near and index - previous.last_sentence == 1
    for word in range(len(sentence)):
        if sentence.lemma_keys[word] not in lexicon.hearsay:
            continue
        if told and previous is not None and _is_demand(sentence, word):
            # «Er kündigte Reformen an. Die Steuern sollen sinken»: what somebody wants, told by the one who spoke last.
            return Utterance(
                type="FreeIndirect",
                content=((index, *whole),),
                speaker=previous.speaker,
                named=previous.named,
                source=f"{RUNNING_DEMAND} {sentence.lemmas[word]}",
                silent=previous.silent,  # behind words that are no quotation it is none either
            )
        if _is_hearsay(sentence, word):
            return Utterance(
                type="FreeIndirect",
                content=((index, *whole),),
                stance=lexicon.hearsay[sentence.lemma_keys[word]],
                speaker=previous.speaker if previous and near else None,
                named=previous.named if previous and near else None,
                source=f"{HEARSAY} {sentence.lemmas[word]}",
                silent=not (previous and near),
            )
    return None


def _whole(sentence: Sentence) -> Range | None:
    """A whole sentence with its last mark, if it has any words."""
    found = trimmed_range(sentence, 0, len(sentence) - 1)
    return (found[0], len(sentence) - 1) if found else None


def _last_subject(document: Document, index: int) -> tuple[int, int] | None:
    """The subject of the nearest main clause in the indicative before a sentence: whose words a Konjunktiv reports."""
    for before in range(index - 1, max(index - 3, -1), -1):
        sentence = document.sentences[before]
        if "\n\n" in document.text[sentence.end : document.sentences[index].start] and before < index - 1:
            return None
        subjects = sentence.dependents(sentence.root, "nsubj")
        if subjects and sentence.upos[subjects[0]] in ("NOUN", "PROPN") and sentence.deprels[subjects[0]] == "nsubj":
            return before, subjects[0]
    return None


def _is_demand(sentence: Sentence, word: int) -> bool:
    """A modal of the main clause, in the present and without a perfect infinitive."""
    if sentence.upos[word] != "AUX" or sentence.heads[word] != sentence.root or _is_hearsay(sentence, word):
        return False
    return sentence.feats[word].get("Mood") == "Ind" and sentence.feats[word].get("Tense") == "Pres"


def _is_hearsay(sentence: Sentence, word: int) -> bool:
    """A modal is hearsay with a perfect infinitive («soll getötet haben»); an adverb always."""
    if not is_verbal(sentence, word):
        return True
    if sentence.feats[word].get("Mood") == "Sub" or sentence.feats[word].get("Tense") == "Past":
        return False
    verb = sentence.heads[word] if sentence.relation(word) == "aux" else word
    siblings = (verb, *sentence.children[verb])
    participle = any(sentence.feats[w].get("VerbForm") == "Part" for w in siblings)
    infinitive = any(
        sentence.feats[w].get("VerbForm") == "Inf"
        and sentence.upos[w] == "AUX"
        and sentence.lemmas[w] in phrase_words("perfect")
        for w in siblings
    )
    return participle and infinitive
