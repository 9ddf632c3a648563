"""Cases: mentions of one event come together, different events stay apart, votes and variants are shown."""

from __future__ import annotations

from made import (
    ARMY,
    DONETSK,
    MARIUPOL,
    MILAN,
    MINSK,
    OSCE,
    POROSHENKO,
    PUTIN,
    REBELS,
    RUSSIA,
    UKRAINE,
    correction,
    event,
    figure,
    kept,
    on,
    picture,
    together,
)

from lagebild.model import Party, Place

SHELLED = "Die Separatisten beschossen am Montag ein Spital in Donezk"


def shelling(day: str, place=DONETSK, sentence: str = SHELLED, **more):  # type: ignore[no-untyped-def]
    return event(
        "ASSAULT", sentence, "beschossen", mode="heavy-weapons", actors=[REBELS], place=place, time=on(day), **more
    )


def test_one_attack_in_three_papers_is_one_case() -> None:
    a = kept("a", "2014-09-01", "Anzeiger", shelling("2014-09-01"))
    b = kept(
        "b", "2014-09-02", "Bote", shelling("2014-09-01", sentence="Rebellen beschossen gestern das Zentrum von Donezk")
    )
    text = "On Monday a hospital in Donetsk was shelled"
    c = kept(
        "c",
        "2014-09-02",
        "Courier",
        event("ASSAULT", text, "shelled", place=DONETSK, time=on("2014-09-01")),
        language="en",
    )
    shown = picture(a, b, c)
    assert together(shown, ["a#e1", "b#e1", "c#e1"])
    (case,) = shown.cases
    assert (case.publishers, case.place, case.start, case.first, case.last) == (
        3,
        "Donetsk",
        "2014-09-01",
        "2014-09-01",
        "2014-09-02",
    )


def test_two_attacks_on_a_city_on_different_days_are_two() -> None:
    a = kept("a", "2014-09-01", "Anzeiger", shelling("2014-09-01"))
    b = kept(
        "b", "2014-09-04", "Anzeiger", shelling("2014-09-04", sentence="Separatisten beschossen am Donnerstag Donezk")
    )
    assert len(picture(a, b).cases) == 2


def test_attacks_on_two_cities_on_one_day_are_two() -> None:
    a = kept("a", "2014-09-01", "Anzeiger", shelling("2014-09-01"))
    b = kept("b", "2014-09-01", "Bote", shelling("2014-09-01", MARIUPOL, "Separatisten beschossen am Montag Mariupol"))
    assert len(picture(a, b).cases) == 2


def test_a_death_toll_that_rises_stays_one_case_and_no_dispute() -> None:
    reports = []
    for number, day, paper in ((3, "2014-09-01", "Anzeiger"), (7, "2014-09-02", "Bote"), (11, "2014-09-03", "Courier")):
        words = f"Beim Beschuss von Donezk am Montag starben {number} Menschen"
        attack = event("ASSAULT", words, "Beschuss", mode="heavy-weapons", place=DONETSK, time=on("2014-09-01"))
        reports.append(
            kept(f"r{number}", day, paper, attack, figure("killed", number, words, of="Menschen", place=DONETSK))
        )
    shown = picture(*reports)
    assert len(shown.cases) == 1
    (series,) = [s for s in shown.series if s.measure == "killed"]
    assert series.case == shown.cases[0].id
    assert (series.low, series.high, series.latest.value) == (3, 11, 11)
    assert shown.disputes == ()


def test_copies_of_one_text_are_one_publisher() -> None:
    text = (
        "Separatisten haben in der Nacht zum Dienstag den Flughafen von Donezk mit Artillerie angegriffen. Dabei kamen nach "
        "Angaben der Armee drei Soldaten ums Leben, neun weitere wurden verletzt. Die Armee erwiderte das Feuer."
    )
    words = "Separatisten haben in der Nacht zum Dienstag den Flughafen von Donezk mit Artillerie angegriffen"
    attack = event("ASSAULT", words, "angegriffen", actors=[REBELS], place=DONETSK, time=on("2014-09-08", "2014-09-09"))
    a = kept("a", "2014-09-09", "Anzeiger", attack, text=text)
    b = kept("b", "2014-09-09", "Bote", attack, text="DONEZK. " + text + " (sda)")
    shown = picture(a, b)
    assert shown.cases[0].publishers == 1
    assert [s.copy_of for s in shown.sources] == [None, "a"]
    assert shown.publishers == 1


def test_most_publishers_decide_and_who_differs_is_shown() -> None:
    def of(place):  # type: ignore[no-untyped-def]
        return event(
            "CONSULT",
            "Putin und Poroschenko trafen sich am Freitag",
            "trafen",
            actors=[PUTIN, POROSHENKO],
            place=place,
            time=on("2014-10-17"),
        )

    a, b = (
        kept(
            "a",
            "2014-10-17",
            "Anzeiger",
            of(MILAN),
            text="Nach Wochen des Zögerns war es am Morgen so weit. Putin und Poroschenko trafen sich am Freitag.",
        ),
        kept(
            "b",
            "2014-10-17",
            "Bote",
            of(MILAN),
            text="Am Rande des Gipfels gab es eine lange Unterredung. Putin und Poroschenko trafen sich am Freitag.",
        ),
    )
    c = kept(
        "c",
        "2014-10-18",
        "Courier",
        event(
            "CONSULT",
            "Poroschenko sah Putin am Freitag in Minsk, man trafen sich lange",
            "trafen",
            actors=[PUTIN, POROSHENKO],
            place=MINSK,
            time=on("2014-10-17"),
        ),
    )
    shown = picture(a, b, c)
    (case,) = [k for k in shown.cases if "a#e1" in k.refs]
    assert case.place == "Milan"
    if "c#e1" in case.refs:
        assert any(v.field == "place" and v.value == "Minsk" and v.refs == ("c#e1",) for v in case.differs)


def test_a_phone_call_is_no_meeting() -> None:
    a = kept(
        "a",
        "2014-10-17",
        "Anzeiger",
        event("CONSULT", "Putin traf Poroschenko", "traf", mode="visit", actors=[PUTIN], recipients=[POROSHENKO]),
    )
    b = kept(
        "b",
        "2014-10-17",
        "Bote",
        event(
            "CONSULT",
            "Putin telefonierte mit Poroschenko",
            "telefonierte",
            mode="phone",
            actors=[PUTIN],
            recipients=[POROSHENKO],
        ),
    )
    assert len(picture(a, b).cases) == 2


def test_attack_and_its_dead_in_the_next_sentence_are_one() -> None:
    attack = shelling("2014-09-01")
    dead = event("ASSAULT", "Dabei wurden vier Menschen getötet", "getötet")
    shown = picture(
        kept("a", "2014-09-01", "Anzeiger", attack, dead, figure("killed", 4, "Dabei wurden vier Menschen getötet"))
    )
    assert together(shown, ["a#e1", "a#e2"])
    assert shown.series[0].case == shown.cases[0].id


def test_plan_and_event_are_one_case_that_happened() -> None:
    a = kept(
        "a",
        "2014-10-10",
        "Anzeiger",
        event(
            "CONSULT",
            "Putin und Poroschenko wollen sich am 17. Oktober in Mailand treffen",
            "treffen",
            status="planned",
            actors=[PUTIN, POROSHENKO],
            place=MILAN,
            time=on("2014-10-17"),
        ),
    )
    b = kept(
        "b",
        "2014-10-17",
        "Bote",
        event(
            "CONSULT",
            "Putin und Poroschenko trafen sich am Freitag in Mailand",
            "trafen",
            actors=[PUTIN, POROSHENKO],
            place=MILAN,
            time=on("2014-10-17"),
        ),
    )
    (case,) = picture(a, b).cases
    assert case.status == "occurred"
    (before,) = picture(a, b, at="2014-10-12").cases
    assert before.status == "planned"


def test_people_join_and_split_cases() -> None:
    a = kept("a", "2014-09-01", "Anzeiger", shelling("2014-09-01"))
    b = kept("b", "2014-09-01", "Bote", shelling("2014-09-01", sentence="Separatisten beschossen am Montag Donezk"))
    c = kept(
        "c",
        "2014-09-05",
        "Courier",
        event("ACCUSE", "Die OSZE rügte die Armee", "rügte", actors=[OSCE], recipients=[ARMY]),
    )
    assert together(picture(a, b, c), ["a#e1", "b#e1"])
    split = correction("split", (a, "e1", 0), (b, "e1", 1))
    apart = picture(a, b, c, corrections=[split])
    assert not together(apart, ["a#e1", "b#e1"])
    assert all(case.corrected for case in apart.cases if case.type == "ASSAULT")
    join = correction("join", (a, "e1", 0), (c, "e1", 0))
    assert together(picture(a, b, c, corrections=[join]), ["a#e1", "c#e1"])


def test_every_mention_is_in_exactly_one_case() -> None:
    reports = [
        kept(
            f"r{n}",
            f"2014-09-{n:02}",
            f"P{n % 3}",
            shelling(f"2014-09-{n:02}"),
            shelling(f"2014-09-{n:02}", MARIUPOL, "Sie beschossen Mariupol"),
        )
        for n in range(1, 20)
    ]
    shown = picture(*reports)
    refs = [ref for case in shown.cases for ref in case.refs]
    assert sorted(refs) == sorted(f"r{n}#e{m}" for n in range(1, 20) for m in (1, 2))
    assert picture(*reversed(reports)) == shown


def test_an_agreement_named_by_its_place_is_the_one_made_there() -> None:
    made = kept(
        "a",
        "2014-09-05",
        "Anzeiger",
        event("AGREE", "Kiew und die Separatisten einigten sich in Minsk", "einigten", issue="ceasefire",
              actors=[UKRAINE, REBELS], place=MINSK, time=on("2014-09-05")),
    )  # fmt: skip
    named = kept(
        "b",
        "2014-10-16",
        "Bote",
        event("AGREE", "Merkel forderte Putin auf, das Abkommen von Minsk umzusetzen", "Abkommen", status="demanded",
              actors=[PUTIN]),
    )  # fmt: skip
    assert len(picture(made, named).cases) == 1


def test_who_is_said_to_have_fired_is_a_view_of_the_attack_told_before() -> None:
    hit = event("ASSAULT", "Beim Beschuss von Donezk wurden am Mittwoch Menschen getötet", "Beschuss", place=DONETSK,
                time=on("2014-10-01"))  # fmt: skip
    rebels = event(
        "ASSAULT", "Die Armee habe geschossen, sagten die Rebellen", "geschossen", actors=[ARMY], said_by=[REBELS]
    )
    army = event(
        "ASSAULT", "Die Rebellen hätten geschossen, sagte die Armee", "geschossen", actors=[REBELS], said_by=[ARMY]
    )
    (case,) = picture(kept("a", "2014-10-01", "Bote", hit, rebels, army)).cases
    assert len(case.mentions) == 3


def test_a_spot_lies_in_the_town_told_before() -> None:
    hit = event("ASSAULT", "Beim Beschuss von Donezk wurden am Mittwoch Menschen getötet", "Beschuss", place=DONETSK,
                time=on("2014-10-01"))  # fmt: skip
    school = event("ASSAULT", "Eine Granate schlug vor einer Schule ein", "schlug", place=_spot("der Schule", "school"))
    army = event("ASSAULT", "Die Armee habe vom Flughafen geschossen, sagten die Rebellen", "geschossen", actors=[ARMY],
                 said_by=[REBELS], place=_spot("Flughafen", "airport"))  # fmt: skip
    rebels = event("ASSAULT", "Die Rebellen hätten vom Flughafen geschossen, sagte die Armee", "geschossen",
                   actors=[REBELS], said_by=[ARMY], place=_spot("Flughafen", "airport"))  # fmt: skip
    (case,) = picture(kept("a", "2014-10-01", "Bote", hit, school, army, rebels)).cases
    assert len(case.mentions) == 4 and case.place == "Donetsk"


def test_two_schools_are_no_one_place() -> None:
    one, other = (
        kept(id, "2014-10-01", publisher, event("ASSAULT", sentence, trigger, place=_spot("Schule", "school")))
        for id, publisher, sentence, trigger in (
            ("a", "Bote", "Eine Granate schlug vor einer Schule ein", "schlug"),
            ("b", "Anzeiger", "Soldaten stürmten eine Schule", "stürmten"),
        )
    )
    assert not together(picture(one, other), ["a#e1", "b#e1"])


def _spot(text: str, name: str) -> Place:
    return Place(text, name, "UKR", precision="point")


def test_talks_that_may_come_are_not_those_of_some_days_ago() -> None:
    held = event("CONSULT", "In Minsk trafen sich am Montag Unterhändler beider Seiten", "trafen", place=MINSK,
                 actors=[UKRAINE], recipients=[RUSSIA], time=on("2014-09-01"))  # fmt: skip
    ahead = event(
        "CONSULT", "Falls Unterhändler sich in Minsk treffen, ruhen die Waffen", "treffen", place=MINSK,
        actors=[UKRAINE], recipients=[RUSSIA], status="conditional",
    )  # fmt: skip
    soon = kept("b", "2014-09-02", "Bote", ahead)
    later = kept("c", "2014-09-04", "Courier", ahead)
    shown = picture(kept("a", "2014-09-01", "Anzeiger", held), soon)
    assert together(shown, ["a#e1", "b#e1"])
    assert not together(picture(kept("a", "2014-09-01", "Anzeiger", held), later), ["a#e1", "c#e1"])


def test_the_dead_and_the_attack_told_in_one_sentence_are_one_event() -> None:
    sentence = "Sieben Menschen starben am Dienstag, als Raketen in Donezk einschlugen"
    dead = event("ASSAULT", sentence, "starben", time=on("2014-10-14"))
    struck = event("ASSAULT", "als Raketen in Donezk einschlugen", "einschlugen", place=DONETSK, time=on("2014-10-14"))
    report = kept("a", "2014-10-15", "Bote", dead, struck, text=sentence + ".")
    assert len(picture(report).cases) == 1


def test_what_comes_on_top_is_another_act() -> None:
    met = event(
        "CONSULT", "Putin und Poroschenko trafen sich in Mailand", "trafen", actors=[PUTIN, POROSHENKO], place=MILAN
    )
    gas = event("CONSULT", "Über das Gas wurde ebenfalls verhandelt", "verhandelt")
    goes_on = event("CONSULT", "Das Gespräch dauerte zwei Stunden", "Gespräch")
    shown = picture(kept("a", "2014-10-17", "Anzeiger", met, gas, goes_on))
    assert not together(shown, ["a#e1", "a#e2"])
    assert together(shown, ["a#e1", "a#e3"])


def test_an_attack_that_is_told_with_its_two_sides_is_no_other_view_of_the_one_before() -> None:
    rockets = event(
        "ASSAULT", "Am Dienstag schlugen in Donezk Raketen ein", "schlugen", place=DONETSK, time=on("2014-10-14")
    )
    police = Party("Polizisten", "Ukrainian police", "UKR", "organ", "police")
    crowd = Party("Nationalisten", "nationalists", "UKR", "population")
    riot = event(
        "ASSAULT",
        "Vor dem Parlament griffen Nationalisten Polizisten an",
        "griffen",
        actors=[crowd],
        recipients=[police],
    )
    shown = picture(kept("a", "2014-10-15", "Anzeiger", rockets, riot))
    assert not together(shown, ["a#e1", "a#e2"])
    # Nor is what came of it.
    words = "Vor dem Parlament griffen Nationalisten Polizisten an; elf Beamte wurden verletzt"
    riot = event("ASSAULT", words.split(";")[0], "griffen", actors=[crowd], recipients=[police])
    hurt = event("ASSAULT", words, "verletzt", recipients=[Party("Beamte", "officials", "UKR", "population")])
    text = f"{rockets.evidence}. {words}."
    shown = picture(kept("a", "2014-10-15", "Anzeiger", rockets, riot, hurt, text=text))
    assert not together(shown, ["a#e1", "a#e3"]) and together(shown, ["a#e2", "a#e3"])


def test_the_term_of_an_agreement_is_not_its_day() -> None:
    both = {"actors": [UKRAINE, RUSSIA], "issue": "trade"}
    a = event(
        "AGREE",
        "Kiew und Moskau einigten sich auf einen Gaspreis bis Ende März",
        "einigten",
        time=on(None, "2014-03-31"),
        **both,
    )
    b = event("AGREE", "Ukraine and Russia agreed on a gas price", "agreed", **both)
    assert together(
        picture(kept("a", "2014-10-18", "Anzeiger", a), kept("b", "2014-10-18", "Courier", b, language="en")),
        ["a#e1", "b#e1"],
    )


def test_two_words_of_one_ministry_need_more_in_common_than_the_ministry() -> None:
    ministry = Party("das Aussenministerium", "Russian Foreign Ministry", "RUS", "organ", "foreign ministry")
    a = event(
        "ACCUSE",
        "Moskau kritisierte den Entscheid der EU",
        "kritisierte",
        mode="disapprove",
        issue="border",
        actors=[ministry],
    )
    b = event(
        "ACCUSE",
        "The ministry condemned the shelling",
        "condemned",
        mode="disapprove",
        issue="attack",
        actors=[ministry],
    )
    shown = picture(kept("a", "2014-09-30", "Anzeiger", a), kept("b", "2014-10-01", "Courier", b, language="en"))
    assert not together(shown, ["a#e1", "b#e1"])


def test_an_act_and_its_condition_are_two() -> None:
    lifting = event("RETREAT", "Die Massnahmen könnten fallen", "fallen", status="conditional", conditions=["e2"])
    pullout = event(
        "RETREAT",
        "wenn Russland seine Truppen abzieht",
        "abzieht",
        status="considered",
        actors=[RUSSIA],
        mode="withdraw",
    )
    assert not together(picture(kept("a", "2014-09-12", "Anzeiger", lifting, pullout)), ["a#e1", "a#e2"])


def test_the_dead_and_the_shelling_of_one_clause_are_one_attack() -> None:
    words = "Bei dem Beschuss wurden sechs Menschen getötet"
    how = event("ASSAULT", words, "Beschuss", place=DONETSK)
    hurt = event("ASSAULT", words, "getötet", time=on("2014-09-14"))
    assert together(picture(kept("a", "2014-09-15", "Anzeiger", how, hurt)), ["a#e1", "a#e2"])


def test_what_is_done_without_consent_is_not_what_was_agreed() -> None:
    signed = event(
        "AGREE",
        "Kiew einigte sich mit Moskau auf einen Konvoi",
        "einigte",
        issue="aid",
        actors=[UKRAINE],
        recipients=[RUSSIA],
    )
    without = event("AGREE", "Der Konvoi fuhr ohne Zustimmung aus Kiew", "Zustimmung", issue="aid", actors=[UKRAINE])
    assert not together(picture(kept("a", "2014-09-20", "Anzeiger", signed, without)), ["a#e1", "a#e2"])


def test_a_truce_that_holds_is_one_whatever_it_is_called() -> None:
    began = event("RETREAT", "The truce took effect at 1500 GMT", "truce", mode="ceasefire", time=on("2014-09-05"))
    since = event("RETREAT", "seit die Waffenruhe begann", "Waffenruhe", mode="ceasefire")
    later = event("RETREAT", "A ceasefire began on Friday", "ceasefire", mode="ceasefire", time=on("2014-09-19"))
    asked = event("RETREAT", "Er forderte eine Waffenruhe", "Waffenruhe", mode="ceasefire", status="demanded")
    shown = picture(
        kept("a", "2014-09-05", "Courier", began, language="en"),
        kept("b", "2014-09-07", "Anzeiger", since),
        kept("c", "2014-09-20", "Herald", later, language="en"),
        kept("d", "2014-09-07", "Bote", asked),
    )
    assert together(shown, ["a#e1", "b#e1"])
    assert not together(shown, ["a#e1", "c#e1"])
    assert not together(shown, ["b#e1", "d#e1"])


def _cases(*reports):  # type: ignore[no-untyped-def]
    return [set(c.refs) for c in picture(*reports).cases]


def test_who_else_is_expected_there_is_at_the_meeting_told_before() -> None:
    told = kept(
        "a",
        "2014-10-13",
        "Anzeiger",
        event("CONSULT", "Putin will am Freitag in Mailand Poroschenko treffen", "treffen", status="planned",
              actors=[PUTIN], recipients=[POROSHENKO], place=MILAN, time=on("2014-10-17")),
        event("CONSULT", "Auch die Kanzlerin wird dort erwartet", "erwartet", status="planned", mode="visit",
              actors=[Party("die Kanzlerin", "Angela Merkel", "DEU", "person")], place=MILAN),
    )  # fmt: skip
    assert _cases(told) == [{"a#e1", "a#e2"}]


def test_two_words_of_one_clause_for_one_meeting_are_one() -> None:
    words = "The council met in emergency session on Thursday"
    told = kept(
        "a",
        "2014-08-29",
        "Ledger",
        event("CONSULT", words, "met", actors=[UKRAINE], time=on("2014-08-28")),
        event("CONSULT", words, "session", mode="multilateral"),
        language="en",
    )
    assert _cases(told) == [{"a#e1", "a#e2"}]


def test_a_truce_among_attacks_is_no_attack() -> None:
    start = event("RETREAT", "The truce took effect on Friday", "truce", mode="ceasefire", time=on("2014-09-05"))
    since = event("ASSAULT", "Nine soldiers were killed since a ceasefire began on Friday", "ceasefire",
                  time=on("2014-09-05"))  # fmt: skip
    one, other = (
        kept(
            "a",
            "2014-09-05",
            "Ledger",
            start,
            event("ACCUSE", "Kiev blamed Moscow", "blamed", actors=[UKRAINE]),
            language="en",
        ),
        kept(
            "b",
            "2014-09-29",
            "Courier",
            since,
            event("ACCUSE", "Kiev blamed Moscow", "blamed", actors=[UKRAINE]),
            language="en",
        ),
    )
    assert {"a#e1", "b#e1"} in _cases(one, other)


def test_what_is_planned_has_not_begun_long_ago() -> None:
    words = "Es wäre das erste Gespräch der beiden seit Juni"
    (case,) = picture(
        kept("a", "2014-08-23", "Anzeiger", event("CONSULT", words, "Gespräch", status="planned", actors=[PUTIN],
             recipients=[POROSHENKO], time=on("2014-06-01", None)))
    ).cases  # fmt: skip
    assert (case.start, case.end) == (None, None)
