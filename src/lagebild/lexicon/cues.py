"""The cues of speech and belief of a language, as the reading of speech needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from lagebild.lexicon.frames import fold
from lagebild.lexicon.loader import load


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """The cues, by folded lemma: verbs, nouns and particles with their stance, adpositions with the kind of complement.

    `speakers` are the slots in which verbs without a subject name who speaks (verlauten).
    `objects` are the slots in which verbs name what is said without a clause, `about` those that name what the speech is
    about and that the speaker does not vouch for (kritisieren), `marks` opening quotation marks with what closes them.
    `known` verbs tell what is known, shown or planned: nobody is quoted with them (wissen, zeigen).
    `unquoted` verbs are acts whose object is no quotation (ablehnen, verteidigen).
    `claims` are verbs that with an object (first set) and a preposition (second) name the speaker's own act («die
    Verantwortung für den Anschlag übernehmen»).
    `confirming` verbs say of what the report itself tells that it is so («Dies bestätigte …»); `naming` particles may
    stand before a bare noun («so der Minister»).
    `unsourced` are nouns that name what is said and no source. `sources` are adpositions before a speaker who is no
    subject, `agents` those of a passive, `addressees` those before the one spoken to,
    `possible` are modals with which nothing is said yet (können), `questions` words that a question begins with (ob).
    `papers` are texts that have an author, `writers` those who wrote one, `telling` verbs with which a text tells what it holds,
    `mentions` nouns that say with a copula that something is told («ist die Rede von»).
    `demonstratives` pronouns that take up the sentence before, `pronominals` adverbs that announce a clause (darauf).
    """

    verbs: dict[str, str]
    adjectives: dict[str, str]
    nouns: dict[str, str]
    unsourced: frozenset[str]
    adpositions: dict[str, tuple[str, str | None]]
    particles: dict[str, str]
    naming: frozenset[str]
    anaphors: frozenset[str]
    hearsay: dict[str, str]
    speakers: dict[str, frozenset[str]]
    objects: dict[str, frozenset[str]]
    about: dict[str, frozenset[str]]
    confirming: frozenset[str]
    unquoted: frozenset[str]
    known: frozenset[str]
    claims: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    conjunctions: frozenset[str]
    sources: frozenset[str]
    agents: frozenset[str]
    addressees: frozenset[str]
    demonstratives: frozenset[str]
    pronominals: frozenset[str]
    impersonals: frozenset[str]
    negations: frozenset[str]
    substitutes: frozenset[str]
    own: frozenset[str]
    possible: frozenset[str]
    questions: frozenset[str]
    papers: frozenset[str]
    writers: frozenset[str]
    telling: frozenset[str]
    mentions: frozenset[str]
    marks: dict[str, str]

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def noun(self, lemma: str) -> str | None:
        """The stance of a noun of speaking; compounds («UNO-Angaben», «Medienberichten») go by their last part."""
        key = fold(lemma)
        for form in (key, key.removesuffix("n"), key.removesuffix("en"), key.removesuffix("s")):
            if form in self.nouns:
                return self.nouns[form]
        for noun, stance in self.nouns.items():
            if noun in self.unsourced and len(noun) < 8:
                continue  # «Abschluss» is no «Schluss», «Rücksicht» no «Sicht»
            if len(noun) > 4 and len(key) > len(noun) + 1 and key.endswith((noun, noun + "n", noun + "en")):
                return stance
        return None

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def is_paper(self, lemma: str) -> bool:
        """Whether a noun names a text that has an author; compounds («Jahresbericht») go by their last part."""
        key = fold(lemma)
        return key in self.papers or any(len(p) > 4 and key.endswith(p) and key != p for p in self.papers)

    def is_act(self, lemma: str) -> bool:
        """Whether a noun names an act of speech (Vorwurf, Drohung) and no text or knowledge (Bericht, Angabe)."""
        key = fold(lemma)
        return any(f in self.unsourced for f in (key, key.removesuffix("n"), key.removesuffix("en")))

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def source(self, lemma: str) -> str | None:
        """The stance of a noun that may stand behind an adposition of speech («nach Angaben»; not «nach der Drohung»)."""
        key = fold(lemma)
        forms = (key, key.removesuffix("n"), key.removesuffix("en"), key.removesuffix("s"))
        exact = next((form for form in forms if form in self.nouns), None)
        if exact is not None:
            return None if exact in self.unsourced else self.nouns[exact]
        return None if any(key.endswith(n) for n in self.unsourced if len(n) > 4) else self.noun(lemma)

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def noun_ending(self, form: str) -> str | None:
        """The noun of speaking that a longer compound ends in, as it is written there («Angaben» of «UNO-Angaben»)."""
        key = fold(form)
        for noun in sorted(self.nouns, key=len, reverse=True):
            for ending in (noun, noun + "n", noun + "en", noun + "s", noun + "e"):
                if len(noun) > 4 and len(key) > len(ending) + 1 and key.endswith(ending):
                    return form[-len(ending) :]
        return None


@cache
def cues(language: str) -> Cues:
    """The cues of a language, loaded once."""
    table = load(language, "speech")

    def stances(key: str) -> dict[str, str]:
        return {fold(e["lemma"]): e.get("stance", "asserts") for e in table.get(key, [])}

    def slots(key: str) -> dict[str, frozenset[str]]:
        return {fold(e["lemma"]): frozenset(e[key]) for e in table.get("verb", []) if key in e}

    def words(key: str) -> frozenset[str]:
        return frozenset(w.casefold() for w in table.get("words", {}).get(key, []))

    marks: dict[str, str] = {}
    for pair in table.get("quotation", {}).get("pairs", []):
        marks[pair[0]] = marks.get(pair[0], "") + pair[1]
    return Cues(
        verbs=stances("verb"),
        adjectives=stances("adjective"),
        nouns=stances("noun"),
        unsourced=frozenset(fold(e["lemma"]) for e in table.get("noun", []) if not e.get("source", True)),
        adpositions={fold(e["lemma"]): (e["complement"], e.get("second")) for e in table.get("adposition", [])},
        particles=stances("particle"),
        naming=frozenset(fold(e["lemma"]) for e in table.get("particle", []) if e.get("noun")),
        anaphors=frozenset(fold(e["lemma"]) for e in table.get("anaphor", [])),
        hearsay=stances("hearsay"),
        speakers=slots("speaker"),
        objects=slots("slots"),
        about=slots("about"),
        confirming=frozenset(fold(e["lemma"]) for e in table.get("verb", []) if e.get("confirms")),
        unquoted=frozenset(fold(e["lemma"]) for e in table.get("verb", []) if e.get("unquoted")),
        known=frozenset(fold(e["lemma"]) for e in table.get("verb", []) if e.get("known")),
        claims={
            fold(lemma): (frozenset(fold(n) for n in e["nouns"]), frozenset(e["prepositions"]))
            for e in table.get("claim", [])
            for lemma in e["lemmas"]
        },
        conjunctions=frozenset(fold(e["lemma"]) for e in table.get("conjunction", [])),
        sources=words("sources"),
        agents=words("agents"),
        addressees=words("addressees"),
        demonstratives=words("demonstratives"),
        pronominals=words("pronominals"),
        impersonals=words("impersonals"),
        negations=words("negations"),
        substitutes=words("substitutes"),
        own=words("own"),
        possible=words("possible"),
        questions=words("questions"),
        papers=frozenset(fold(w) for w in table.get("words", {}).get("papers", [])),
        mentions=frozenset(fold(w) for w in table.get("words", {}).get("mentions", [])),
        writers=frozenset(fold(w) for w in table.get("words", {}).get("writers", [])),
        telling=frozenset(fold(w) for w in table.get("words", {}).get("telling", [])),
        marks=marks,
    )
