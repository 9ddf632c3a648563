"""Who says what, on sentences of every kind of speech."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild.language.document import Document
from lagebild.model import Quote
from lagebild.reading.speech import find_speech, quotes

Parse = Callable[[str, str], Document]


def found(parse: Parse, text: str, language: str = "de") -> list[Quote]:
    document = parse(text, language)
    return list(quotes(document, find_speech(document)))


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("text", "kind", "content", "speaker", "cue"),
    [
        (
            "Der Minister sagte, dass die Grenze offen bleibe.",
            "Indirect",
            ["dass die Grenze offen bleibe"],
            ["Der Minister"],
            ["sagte"],
        ),
        (
            "Wie die Polizei am Montag mitteilte, wurden drei Menschen verletzt.",
            "Indirect",
            ["wurden drei Menschen verletzt"],
            ["die Polizei"],
            ["mitteilte"],
        ),
        (
            "Nach Angaben der Polizei wurden drei Menschen verletzt.",
            "Indirect",
            ["wurden drei Menschen verletzt"],
            ["Angaben der Polizei"],
            ["Nach"],
        ),
        (
            "Unter den Toten waren Berichten zufolge fünf Kinder.",
            "Indirect",
            ["Unter den Toten waren", "fünf Kinder"],
            ["Berichten"],
            ["zufolge"],
        ),
        (
            "Die Täter seien geflohen, so der Sprecher am Montag.",
            "Indirect",
            ["Die Täter seien geflohen"],
            ["der Sprecher"],
            ["so"],
        ),
        (
            "In dem Bericht heisst es, die Lage sei ruhig.",
            "Indirect",
            ["die Lage sei ruhig"],
            ["dem Bericht"],
            ["heisst es"],
        ),
        (
            "Die Behauptung der Rebellen, dass die Stadt gefallen sei, ist falsch.",
            "Indirect",
            ["dass die Stadt gefallen sei"],
            ["der Rebellen"],
            ["Behauptung"],
        ),
        (
            "Der Gesandte ist zuversichtlich, dass die Gespräche gelingen.",
            "Indirect",
            ["dass die Gespräche gelingen"],
            ["Der Gesandte"],
            ["ist zuversichtlich"],
        ),
        (
            "Die Sprecherin sprach von einem Angriff auf den Hafen.",
            "Reported",
            ["Die Sprecherin sprach von einem Angriff auf den Hafen."],
            ["Die Sprecherin"],
            [],
        ),
    ],
)
def test_german_quotation(
    parse: Parse, text: str, kind: str, content: list[str], speaker: list[str], cue: list[str]
) -> None:
    quote = next(q for q in found(parse, text) if q.type == kind)
    assert words(text, quote.quote) == content
    assert words(text, quote.speaker) == speaker
    assert words(text, quote.cue) == cue


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("The minister said that the border was closed.", "that the border was closed", "The minister"),
        ("The troops have left, the minister said.", "The troops have left", "the minister"),
        ("According to the police, two men were arrested.", "two men were arrested", "the police"),
    ],
)
def test_english_quotation(parse: Parse, text: str, content: str, speaker: str) -> None:
    quote = next(q for q in found(parse, text, "en") if q.type == "Indirect")
    assert words(text, quote.quote) == [content]
    assert words(text, quote.speaker) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "„Wir ziehen ab. Das ist sicher“, sagte die Ministerin.",
        "»Wir ziehen ab. Das ist sicher«, sagte die Ministerin.",
        "«Wir ziehen ab. Das ist sicher», sagte die Ministerin.",
        "Die Ministerin sagte: „Wir ziehen ab. Das ist sicher.“",
    ],
)
def test_direct_speech_is_one_quotation_over_its_sentences(parse: Parse, text: str) -> None:
    direct = [q for q in found(parse, text) if q.type == "Direct"]
    assert len(direct) == 1
    (quotation,) = words(text, direct[0].quote)
    assert "Wir ziehen ab" in quotation
    assert "sicher" in quotation
    assert [w.lower() for w in words(text, direct[0].speaker)] == ["die ministerin"]


def test_quoted_words_within_indirect_speech_have_its_speaker(parse: Parse) -> None:
    text = "Der General sagte, die Lage an der Front sei „völlig unklar“."
    kinds = {q.type: q for q in found(parse, text)}
    assert words(text, kinds["Direct"].quote) == ["„völlig unklar“"]
    assert words(text, kinds["Direct"].speaker) == ["Der General"]
    assert words(text, kinds["Indirect"].speaker) == ["Der General"]


def test_a_name_in_quotation_marks_is_no_speech(parse: Parse) -> None:
    assert not [q for q in found(parse, "Der Frachter „Stella“ sank am Montag.") if q.type == "Direct"]


def test_konjunktiv_runs_on_with_the_last_speaker(parse: Parse) -> None:
    text = "Der Minister sagte, die Lage sei ruhig. Die Truppen seien abgezogen. Es regnet."
    running = [q for q in found(parse, text) if q.type == "IndirectFreeIndirect"]
    assert [words(text, q.quote) for q in running] == [["Die Truppen seien abgezogen."]]
    assert words(text, running[0].speaker) == ["Der Minister"]


def test_this_takes_up_the_sentence_before(parse: Parse) -> None:
    text = "Die Armee hat den Ort geräumt. Dies teilte der Sprecher am Abend mit."
    quote = next(q for q in found(parse, text) if q.type == "Indirect")
    assert words(text, quote.quote) == ["Die Armee hat den Ort geräumt", "Dies"]
    assert words(text, quote.speaker) == ["der Sprecher"]


def test_reasons_in_konjunktiv_are_the_subjects_words(parse: Parse) -> None:
    text = "Der Minister lehnte den Plan ab, da das Geld fehle."
    quote = next(q for q in found(parse, text) if q.type == "Indirect")
    assert words(text, quote.quote) == ["da das Geld fehle"]
    assert words(text, quote.speaker) == ["Der Minister"]


def test_another_separated_verb_is_no_cue(parse: Parse) -> None:
    assert not found(parse, "Das Treffen fand am Montag in Wien statt.")


def test_konjunktiv_with_quoted_words_runs_on(parse: Parse) -> None:
    text = "Der Minister sagte, die Lage sei ruhig. Die Truppen seien „vollständig abgezogen“."
    running = next(q for q in found(parse, text) if q.type == "IndirectFreeIndirect")
    assert words(text, running.speaker) == ["Der Minister"]


def test_a_person_behind_the_verb_speaks_and_not_the_object_before_it(parse: Parse) -> None:
    text = "Als Grund nannte Peter Müller, dass die Grenze offen bleibe."
    assert [words(text, q.speaker) for q in found(parse, text)] == [["Peter Müller"]]


def test_an_act_of_nobody_is_no_quotation(parse: Parse) -> None:
    assert not found(parse, "Es ist erlaubt, Befehle dieser Art zu verweigern.")


def test_so_dass_tells_what_came_of_it(parse: Parse) -> None:
    text = "Der Pilot meldete einen Brand, so dass die Feuerwehr ausrückte."
    assert not any("Feuerwehr" in " ".join(words(text, q.quote)) for q in found(parse, text) if q.type == "Indirect")


def test_a_name_between_commas_before_a_verb_of_speaking_speaks(parse: Parse) -> None:
    text = (
        "For days the airport of Donetsk has been the hottest spot in a war that is supposed to be on hold. "
        "The rebels now control 95 percent of the site, their leader, Alexander Zakharchenko, announced on Friday."
    )
    quote = found(parse, text, "en")[-1]
    assert words(text, quote.speaker) == ["Alexander Zakharchenko"]
    assert words(text, quote.quote) == ["The rebels now control 95 percent of the site"]


def test_a_single_word_tells_what_is_said(parse: Parse) -> None:
    text = "Die Regierung kündigte Untersuchungen an."
    assert [(q.type, words(text, q.quote)) for q in found(parse, text)] == [("Reported", [text])]


@pytest.mark.parametrize(
    "text",
    [
        "Der Sprecher bestätigte nicht, dass die Truppen abziehen.",
        "Die Polizei kann sagen, dass der Täter floh.",
        "Er reiste nach Genf, um zu sagen, dass der Krieg ende.",
        "Das Gericht entscheidet, ob die Grenze offen bleibt.",
        "Der Rat erlaubte es den Helfern, in die Stadt zu fahren.",
    ],
)
def test_what_is_not_told_as_said_is_no_quotation(parse: Parse, text: str) -> None:
    assert not found(parse, text)


def test_a_blame_is_a_quotation_with_its_judgement_only(parse: Parse) -> None:
    assert not found(parse, "Die Opposition kritisierte den Einsatz.")
    assert [q.type for q in found(parse, "Die Opposition kritisierte den Einsatz als Fehler.")] == ["Reported"]


def test_a_judgement_in_quotation_marks_is_direct_speech_only(parse: Parse) -> None:
    assert [q.type for q in found(parse, "Der Botschafter nannte den Plan „völlig absurd“.")] == ["Direct"]


def test_a_few_words_in_marks_that_nobody_says_are_no_speech(parse: Parse) -> None:
    assert not found(parse, "Die Behörden gingen gegen den „Schmutzfunk“ vor.")


def test_a_few_words_in_marks_in_running_konjunktiv_have_its_speaker(parse: Parse) -> None:
    text = "Der Minister sagte, die Lage sei ruhig. Das Abkommen sei „nutzlos“."
    direct = next(q for q in found(parse, text) if q.type == "Direct")
    assert words(text, direct.speaker) == ["Der Minister"]


def test_a_lone_would_is_the_reports(parse: Parse) -> None:
    text = "Der Minister sagte, die Lage sei ruhig. Ein Abzug könnte Wochen dauern."
    assert [q.type for q in found(parse, text)] == ["Indirect"]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "Wie die Behörde mitteilte, wurden bei dem Brand zwölf Menschen verletzt.",
            "wurden bei dem Brand",
            "die Behörde",
        ),
        ("Das Dorf ist wieder frei, wie der General gestern mitteilte.", "Das Dorf ist wieder frei", "der General"),
        ("Der Rat hat den Standpunkt vertreten, der Vertrag sei gültig.", "der Vertrag sei gültig", "Der Rat"),
        ("Der Minister fragte, was die Truppen dort suchen würden.", "was die Truppen", "Der Minister"),
    ],
)
def test_what_is_said_beside_its_cue(parse: Parse, text: str, content: str, speaker: str) -> None:
    (quote,) = found(parse, text)
    assert " ".join(words(text, quote.quote)).startswith(content)
    assert words(text, quote.speaker) == [speaker]


def test_what_a_verb_says_in_a_text_is_one_quotation(parse: Parse) -> None:
    text = "Die Regierung gab in einer Mitteilung bekannt, dass die Grenze offen bleibe."
    assert [q.type for q in found(parse, text)] == ["Indirect"]


def test_a_relative_clause_about_words_is_none_of_them(parse: Parse) -> None:
    assert not found(parse, "Der Rat billigte die Forderung, bei der es um Gefangene gehe.")


def test_what_costs_lives_demands_nothing(parse: Parse) -> None:
    assert not found(parse, "Die Überschwemmungen forderten bisher dreissig Todesopfer.")


def test_a_judgement_in_the_passive_is_its_agents(parse: Parse) -> None:
    text = "Von der Opposition wurde der Einsatz als Fehler bezeichnet."
    (quote,) = found(parse, text)
    assert words(text, quote.speaker) == ["der Opposition"]


def test_a_phrase_behind_another_may_be_what_is_said(parse: Parse) -> None:
    text = "Der Kommandant sprach trotz der Verluste von einem vollen Erfolg."
    assert [q.type for q in found(parse, text)] == ["Reported"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Bei dem Brand wurde niemand verletzt, teilte später die Feuerwehr mit.",
            "Bei dem Brand wurde niemand verletzt",
        ),
        ("Am Abend wurde bekannt, dass der Hafen gesperrt ist.", "dass der Hafen gesperrt ist"),
        ("Der Täter behauptet von sich, die Brücke gesprengt zu haben.", "die Brücke gesprengt zu haben"),
        ("Die Ministerin erklärte, in vielen Städten, die im Norden liegen, fehle Wasser.", "in vielen Städten"),
        ("Er sagte, die Lage sei ruhig und kündigte für Montag eine Pressekonferenz an.", "die Lage sei ruhig"),
    ],
)
def test_what_is_said_begins_and_ends_with_its_clause(parse: Parse, text: str, content: str) -> None:
    quote = next(q for q in found(parse, text) if q.type == "Indirect")
    assert words(text, quote.quote)[0].startswith(content)
    assert "kündigte" not in " ".join(words(text, quote.quote))


def test_what_is_known_or_shown_quotes_nobody(parse: Parse) -> None:
    assert not found(parse, "Die Zahlen zeigen, dass weniger Menschen fliehen.")


def test_who_is_no_subject_may_speak(parse: Parse) -> None:
    text = "Wie aus Regierungskreisen verlautete, wird der Hafen wieder geöffnet."
    (quote,) = found(parse, text)
    assert words(text, quote.speaker) == ["Regierungskreisen"]


def test_what_follows_from_a_source_named_before_is_said_there(parse: Parse) -> None:
    text = "Die Behörde hat ihren Bericht vorgelegt. Demnach starben bei dem Unfall zwölf Menschen."
    quote = found(parse, text)[-1]
    assert words(text, quote.cue) == ["Demnach"]
    assert words(text, quote.quote)[0].startswith("starben bei dem Unfall")


def test_what_stands_before_a_colon_is_not_said(parse: Parse) -> None:
    text = "Zu dem Angriff schrieb der General: „Unsere Truppen haben den Hafen gehalten und werden bleiben.“"
    assert [q.type for q in found(parse, text)] == ["Direct"]


def test_a_plan_behind_no_words_is_the_reports(parse: Parse) -> None:
    text = "Die Regierung hat den Vertrag unterzeichnet. Die Truppen sollen im Mai abziehen."
    assert not found(parse, text)
    said = "Die Regierung kündigte Reformen an. Die Truppen sollen im Mai abziehen."
    assert [q.type for q in found(parse, said)] == ["Reported", "FreeIndirect"]
