"""Who a person is: a full name, a surname that the report has explained, an office and who held it."""

from __future__ import annotations

from dataclasses import replace

from lagebild.language.document import Sentence
from lagebild.lexicon.countries import adjective
from lagebild.lexicon.names import fold, words
from lagebild.lexicon.offices import former, plural_of, title
from lagebild.lexicon.partyentries import PartyEntry
from lagebild.lexicon.roleslots import articled, family_first, phrase_words, without_genitive
from lagebild.lexicon.romanisation import romanised
from lagebild.model import Party
from lagebild.reading.scene import Scene
from lagebild.reading.syntax import case_marker, phrase

#: Kinds of organisations whose people act for no one state.
_OF_STATES = ("organisation", "mission", "international")
#: Words that the name of a unit behind its officer's has at most, with its preposition and article.
_UNIT = 4


def learn_names(scene: Scene) -> None:
    """Reads ahead for full names, so that a surname in a headline is who stands with full name below."""
    for sentence in scene.document.sentences:
        for entity in sentence.entities:
            if entity.label == "PER" and entity.last > entity.first:
                known = scene.world.person(sentence.forms[entity.first : entity.last + 1], scene.language, scene.year)
                name = scene.text(sentence, entity.first, entity.last)
                party = _known(scene, name, known) if known else None
                if party is None:
                    party = Party(name, _plain(sentence, entity.first, entity.last), None, "person")
                scene.memory.surnames.setdefault(_surname(sentence, entity.last), party)
                if family_first(party.country) or _given_is_hyphened(name):
                    scene.memory.surnames.setdefault(_surname(sentence, entity.first), party)


def _given_is_hyphened(name: str) -> bool:
    """«Lee Myung-bak», «Ma Ying-jeou»: the family name stands first."""
    first, _, given = name.partition(" ")
    return first.isalpha() and given.count("-") == 1 and " " not in given and given.partition("-")[2].islower()


def gender_of(scene: Scene, sentence: Sentence, word: int, party: Party) -> str | None:
    """The gender of a mention: that of a person is what her titles say («Staatsrätin»), a bare name tells it badly."""
    found = sentence.feats[word].get("Gender")
    if party.kind != "person" or not party.name[:1].isupper():
        return found
    if sentence.upos[word] == "NOUN" and found == "Fem":
        scene.memory.genders[party.name] = found
    return scene.memory.genders.get(party.name, found)


def person(scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int) -> Party | None:
    """A person named at the core of the phrase: by an entity, or by a surname that the report has explained."""
    name = _name(scene, index, sentence, word, first, last)
    if name is None:
        return _surname_alone(scene, sentence, word)
    a, b = name
    outside = [f for i, f in enumerate(sentence.forms[first : last + 1], first) if not a <= i <= b]
    # «US-Präsident» is a president, of the United States.
    role = scene.world.offices.role([part for form in outside for part in words(form)], scene.language)
    surname = _surname(sentence, b)
    kept = scene.memory.surnames.get(surname) or scene.memory.surnames.get(without_genitive(surname))
    if role is None and not a <= word <= b and _is_organ(scene, sentence, word):
        return None  # «erklärte die US-Regierung Soleimani zum Terroristen»: an organ is nobody's title
    behind = a > first or (a > 0 and sentence.heads[a] == a - 1)
    titled = scene.world.titled(sentence.forms[a - 1 : b + 1], scene.language, scene.year) if behind else None
    known = titled or scene.world.person(sentence.forms[a : b + 1], scene.language, scene.year)
    if known is None and _no_person(scene, sentence, a, b):
        return None  # a group or organisation that was taken for a person
    if known is None and a == b and kept is None and scene.city(index, sentence.forms[a]):
        return None  # a town of the country that is talked about
    text = scene.text(sentence, a, b)
    serves = known is not None and _serves(scene, outside)
    if serves:
        scene.memory.stateless.add(surname)
    if titled is not None:
        party = _known(scene, text, titled)
        party = replace(party, country=None) if serves else party
        _remember(scene, party, role.role if role else None, outside)
        return party
    if b == a and kept is not None:
        party = kept
    elif known is not None:
        party = _known(scene, text, known)
        if kept is not None and kept.name == party.name and kept.country and party.country:
            party = replace(party, country=kept.country)
    else:
        party = Party(text, _plain(sentence, a, b), None, "person", role.role if role else None)
    if known is None and party.country is None:
        country = scene.origin(index, sentence, first, a - 1) if a > first else None
        country = country or (scene.origin(index, sentence, b + 1, last) if b < last else None)
        country = country or (role.country if role and not role.international else None)
        unit = _unit(sentence, b, last)
        country = country or (scene.world.country_of(unit, scene.language) if unit else None)
        employer = _employer(scene, [*outside, *unit]) if country is None else None
        if country is None and employer is None and not (role is not None and role.international):
            beside = _appositions(sentence, word, first, last)  # «Ahmed Ali, ein Sprecher der Miliz»
            employer = next((e for a, b in beside if (e := _employer(scene, list(sentence.forms[a : b + 1])))), None)
            if employer is None or not any(_serves(scene, _title(scene, sentence, a, b)) for a, b in beside):
                country = next((c for a, b in beside if (c := scene.origin(index, sentence, a, b))), None)
        country = country or (employer.country if employer else None)
        explicit = country is not None
        if country is None and (employer is not None or (role is not None and role.international)):
            scene.memory.stateless.add(surname)
        elif country is None and surname not in scene.memory.stateless:
            country = scene.countries.at(index)
        called = romanised(party.name, scene.language, country)
        party = Party(party.text, called, country, "person", role.role if role else party.role)
        if not explicit and kept is not None and kept.country:
            party = kept
    elif known is not None and role is not None and (state := _served(scene, sentence, word)) is not None:
        party = replace(party, country=state)  # «der sowjetische Aussenminister Schewardnadse»
    elif serves or (known is not None and surname in scene.memory.stateless):
        party = replace(party, country=None)  # «EU-Kommissar Louis Michel» speaks for no one state
    stored = scene.memory.surnames.get(surname)
    if b > a or stored is None or (stored.country is None and party.country):
        scene.memory.surnames[surname] = party
    _remember(scene, party, role.role if role else None, outside)
    return party


def _unit(sentence: Sentence, name: int, last: int) -> list[str]:
    """The words right behind an officer's name that say where he serves, wherever the parser hung them («Hauptmann Ada Beispiel
    von der US-Marineinfanterie»); `last` is the end of the phrase, whose words are looked at anyway."""
    marker = name + 1
    if marker <= last or marker >= len(sentence) or sentence.lemma_keys[marker] not in phrase_words("officers"):
        return []
    noun = sentence.heads[marker]
    return list(sentence.forms[marker + 1 : noun + 1]) if marker < noun <= marker + _UNIT else []


def _is_organ(scene: Scene, sentence: Sentence, word: int) -> bool:
    """Whether a noun names an organ of a state («Regierung», «US-Armee»)."""
    if sentence.upos[word] != "NOUN":
        return False
    known = scene.world.lookup(sentence.forms[word], scene.language, scene.year, scene.countries.main)
    return known is not None and known.kind == "organ"


def _remember(scene: Scene, party: Party, role: str | None, title: list[str]) -> None:
    """Keeps who holds an office, so that «der Präsident» means him from now on."""
    if role is None:
        return
    scene.memory.roles[role] = party
    scene.memory.roles[f"{role}/{party.country}"] = party
    for word in title:
        scene.memory.roles[_as_called(word)] = party


def officer(scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int) -> Party | None:
    """Who a bare office is: whoever the report said holds it, else who held it then, else the office itself."""
    forms = list(sentence.forms[first : last + 1])
    parts = [sentence.forms[word], *words(sentence.forms[word])[-1:]]
    # «der Oberste Gerichtshof» is no colonel: an adjective alone names no office.
    if word > first and sentence.relation(word - 1) != "amod":
        parts.insert(0, " ".join(sentence.forms[word - 1 : word + 1]))
    if (ending := scene.world.offices.ending(parts[-1], scene.language)) and _inside(scene, parts[-1], None):
        parts.append(parts[-1][-ending:].capitalize())  # «Talibansprecher»
    role = next((r for r in (scene.world.offices.role(words(p), scene.language) for p in parts) if r), None)
    if role is None or scene.organisation(sentence, word, first, last) is not None:
        return None
    # Envoys and the like, and «the European ministers in Helsinki», are where they negotiate, not of there.
    quality = scene.continent(sentence, word)
    state = scene.origin(index, sentence, first, last, places=not role.international and quality is None)
    was = any(former(form, scene.language) for form in forms)
    vague = scene.indefinite(sentence, word)
    plural = _several(sentence, word) and not vague
    country_of_one = scene.world.state(state) if plural and _of_several(sentence, word) else None
    if country_of_one is not None:
        return Party("", country_of_one.name, state, "state")
    organisation = (
        _organisation(scene, index, sentence, word) if not scene.world.offices.single(role.role) or not state else None
    )
    if not vague and (not plural or (state is not None and scene.world.offices.single(role.role))):
        key = role.role if state is None else f"{role.role}/{state}"
        # Of a president and a ruler «der Präsident» is who was called so.
        called = scene.memory.roles.get(_as_called(sentence.lemmas[word])) if state is None else None
        held = called or scene.memory.roles.get(key)
        if held is not None and organisation is None:
            return held
        place = state or role.country or (None if role.international or quality else scene.countries.at(index))
        if role.international and place is None and organisation is not None:
            place = organisation.name
        held_by = not was and (organisation is None or role.international)
        holder = scene.world.officeholder(place, role.role, scene.year, scene.told) if held_by else None
        if holder is not None and (
            state or role.country or role.international or scene.world.offices.single(role.role)
        ):
            return replace(_known(scene, "", holder), role=role.role)
    english = title(role.role)
    if english is None:
        return None
    if plural:
        english = plural_of(english)
    if organisation is not None and state and organisation.country is None and organisation.kind in _OF_STATES:
        # «der pakistanische Uno-Botschafter» speaks for Pakistan
        english = f"{scene.world.adjective(state)} {english} to {articled(organisation.name)}"
        return Party("", english, state, "person", role.role)
    if organisation is not None:
        return Party("", f"{_before(scene, organisation)} {english}", organisation.country, "person", role.role)
    country = state or role.country
    # Several ministers or presidents may be of several states; leaders are those of the country that is talked about.
    several = plural and scene.world.offices.single(role.role)
    if quality is not None and country is None:
        return Party("", f"{quality} {english}", None, "person", role.role)
    if country is None and scene.world.offices.local(role.role) and not several:
        country = scene.countries.at(index)
    name = scene.world.adjective(country)
    english = f"{name} {english}" if name else english
    return Party("", f"former {english}" if was else english, country, "person", role.role)


def _as_called(word: str) -> str:
    """Under what key the memory of roles keeps who was called by a word («US-Präsident», «Präsident»)."""
    return f"called {fold(words(word)[-1] if words(word) else word)}"


def _of_several(sentence: Sentence, word: int) -> bool:
    """Whether officers of several states are named together: each stands for its own («die Regierungschefs Russlands, der
    Ukraine und Frankreichs»)."""
    owners = [c for c in sentence.dependents(word, "nmod") if sentence.upos[c] == "PROPN"]
    beside = [c for n in (word, *owners) for c in sentence.dependents(n, "conj")]
    return bool(owners) and any(sentence.upos[c] == "PROPN" for c in beside)


def _before(scene: Scene, organisation: Party) -> str:
    """An organisation's name as it stands before an office: «Israeli government spokesman»."""
    noun, of, _ = organisation.name.partition(" of ")
    adjective = scene.world.adjective(organisation.country)
    return f"{adjective} {noun.lower()}" if of and organisation.kind == "organ" and adjective else organisation.name


def _several(sentence: Sentence, word: int) -> bool:
    """Whether a noun stands in the plural; its verb tells it where the noun does not («Die Minister berieten»)."""
    verb = sentence.heads[word]
    alone = sentence.relation(word) == "nsubj" and verb >= 0 and not sentence.dependents(word, "conj")
    number = sentence.feats[verb].get("Number") if alone and sentence.upos[verb] == "VERB" else None
    if number == "Sing" and any(sentence.feats[c].get("Number") == "Sing" for c in sentence.dependents(word, "det")):
        return False  # «der Botschafter schloss …»
    return number == "Plur" or sentence.feats[word].get("Number") == "Plur"


def _organisation(scene: Scene, index: int, sentence: Sentence, word: int) -> Party | None:
    """The organisation whose officer is meant, no state: «ein Sprecher der Hamas», «Hamas-Führer», «NATO-Chef»."""
    form = sentence.forms[word]
    country = scene.origin(index, sentence, *phrase(sentence, word)) or scene.countries.at(index)
    known = _inside(scene, form, country)
    if known is not None:
        return Party("", known.name, known.country, known.kind)
    for child in sentence.dependents(word, "nmod", "compound"):
        if case_marker(sentence, child) not in (None, *phrase_words("officers")):
            continue
        a, b = scene.core(index, sentence, child)
        known = scene.world.lookup(scene.text(sentence, a, b), scene.language, scene.year, country)
        if known is not None and known.kind not in ("person", "population", "state"):
            return Party("", known.name, known.country, known.kind)
        if known is None and scene.label(index, child) == "ORG":
            return Party("", scene.text(sentence, a, b), country, "organisation")
    return None


def _known(scene: Scene, text: str, entry: PartyEntry) -> Party:
    """A person of the lexicon; whoever served an organisation of states then belongs to no one country."""
    served = scene.world.offices.international(entry.name, scene.year)
    return Party(text, entry.name, None if served else entry.country, "person", entry.role)


def _employer(scene: Scene, outside: list[str]) -> PartyEntry | None:
    """The organisation in a title: «der SPD-Abgeordnete», «ein Sprecher von Amnesty International», «Hamasführer»,
    «Minister (CDU)»."""
    for match in scene.world.match(outside, scene.language, scene.year):
        if match.entry.kind not in ("person", "population", "state"):
            return match.entry
    inside = (_inside(scene, form, None) for form in outside)
    return next((entry for entry in inside if entry is not None and entry.kind != "state"), None)


def _inside(scene: Scene, form: str, country: str | None) -> PartyEntry | None:
    """The organisation that the first part of a compound with an office names: «NATO-Chef», «Talibansprecher»."""
    ending = scene.world.offices.ending(form, scene.language)
    if not ending:
        return None
    known = scene.world.lookup(form[:-ending].rstrip("-"), scene.language, scene.year, country)
    return known if known is not None and known.kind not in ("person", "population") else None


def _served(scene: Scene, sentence: Sentence, word: int) -> str | None:
    """The country that the adjective before an office names: of that its holder speaks for."""
    found = (adjective(sentence.forms[c], scene.language) for c in sentence.dependents(word, "amod"))
    return next((country for country in found if country is not None), None)


def _serves(scene: Scene, title: list[str]) -> bool:
    """Whether a title names an organisation of states first («UNICEF-Regionaldirektorin», not «US-Botschafter bei der UNO»)."""
    if scene.world.country_of(title, scene.language) is not None:
        return False
    employer = _employer(scene, title)
    return employer is not None and employer.country is None and employer.kind in _OF_STATES


def _title(scene: Scene, sentence: Sentence, first: int, last: int) -> list[str]:
    """The words of a title as far as they say whom its bearer serves, not where («Sprecher der UNO in Birma»)."""
    return list(sentence.forms[first : scene.before_place(sentence, first, last) + 1])


def _appositions(sentence: Sentence, word: int, first: int, last: int) -> list[tuple[int, int]]:
    """The noun phrases that stand with a name between commas and say who its bearer is."""
    return [phrase(sentence, child) for child in sentence.dependents(word, "appos") if not first <= child <= last]


def _name(scene: Scene, index: int, sentence: Sentence, word: int, first: int, last: int) -> tuple[int, int] | None:
    """The words of the person's name that the phrase is about."""
    names = sorted({v for w, v in scene.entities[index].items() if first <= w <= last and v[2] == "PER"})
    # A name in apposition, behind a comma, says who it is: «der Führer der Miliz, Ahmed Ali».
    for child in sentence.dependents(word, "appos"):
        inside = scene.entities[index].get(child)
        if inside is not None and inside[2] == "PER" and child > last and inside not in names:
            names.append(inside)
    # A person in a genitive or behind a preposition is not whom the phrase means («ein Sprecher Putins»).
    names = [n for n in names if _is_core(sentence, word, n[0], n[1])]
    if not names or (sentence.feats[word].get("Number") == "Plur" and names[0][0] > last):
        return None
    return names[0][0], names[0][1]


def _no_person(scene: Scene, sentence: Sentence, first: int, last: int) -> bool:
    """Whether words that were marked as a person's name are a group's or organisation's («Schin Bet»)."""
    found = scene.world.match(sentence.forms[first : last + 1], scene.language, scene.year)[:1]
    if first == last:
        return bool(found)
    return any(
        m.whole and (m.first, m.last) == (0, last - first) and m.entry.source in ("groups", "organisations")
        for m in found
    )


def _surname_alone(scene: Scene, sentence: Sentence, word: int) -> Party | None:
    """A surname that no entity marks here, but the report has explained."""
    form = sentence.forms[word]
    if sentence.upos[word] not in ("PROPN", "NOUN", "X") or not form[:1].isupper() or sentence.dependents(word, "det"):
        return None
    key = fold(form)
    found = scene.memory.surnames.get(key) or scene.memory.surnames.get(without_genitive(key))
    return found if found is not None and sentence.upos[word] == "PROPN" else None


def _surname(sentence: Sentence, word: int) -> str:
    return without_genitive(fold(sentence.forms[word]), marked=True)


def _plain(sentence: Sentence, first: int, last: int) -> str:
    """A name without the genitive ending that its last word may carry."""
    forms = list(sentence.forms[first : last + 1])
    bare = without_genitive(forms[-1])
    if sentence.feats[last].get("Case") == "Gen" and sentence.lemmas[last] == bare:
        forms[-1] = bare
    ends = [sentence.tokens[i].end < sentence.tokens[i + 1].start for i in range(first, last)]
    name = "".join(f + " " * apart for f, apart in zip(forms, (*ends, False), strict=True))
    return without_genitive(name, marked=True)


def _is_core(sentence: Sentence, word: int, first: int, last: int) -> bool:
    if first <= word <= last:
        return True
    for node in range(first, last + 1):
        head = sentence.heads[node]
        if head == word and sentence.relation(node) in ("appos", "flat", "compound"):
            return True
        if head == word and sentence.relation(node) == "nmod" and case_marker(sentence, node) is None:
            # Parsers take the name behind a role for a genitive: «Präsident Putin».
            return node == first and first == word + 1 and sentence.feats[node].get("Case") != "Gen"
    return False
