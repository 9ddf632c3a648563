"""Commitments and what hangs on them: fate, conditions, the ledger of a ceasefire, sanctions, contributions, agenda."""

from __future__ import annotations

from dataclasses import replace

from made import (
    ARMY,
    DONETSK,
    EU,
    MARIUPOL,
    MILAN,
    MINSK,
    OSCE,
    POROSHENKO,
    PUTIN,
    REBELS,
    RUSSIA,
    UKRAINE,
    USA,
    correction,
    event,
    kept,
    on,
    picture,
)

from lagebild.model import Figure, Party

AGREED = kept(
    "agreed",
    "2014-09-05",
    "Anzeiger",
    event(
        "AGREE",
        "Kiew und die Separatisten einigten sich in Minsk auf eine Waffenruhe",
        "einigten",
        issue="ceasefire",
        actors=[UKRAINE, REBELS],
        place=MINSK,
        time=on("2014-09-05"),
    ),
)
HOLDS = kept(
    "holds",
    "2014-09-06",
    "Bote",
    event(
        "RETREAT",
        "Die Waffenruhe hielt nach Angaben der OSZE weitgehend",
        "Waffenruhe",
        status="ongoing",
        mode="ceasefire",
        said_by=[OSCE],
    ),
)


def fired(id: str, day: str, publisher: str, place=DONETSK):  # type: ignore[no-untyped-def]
    words = f"Nach Angaben der Armee beschossen Separatisten {place.text} am {day}"
    return kept(
        id,
        day,
        publisher,
        event(
            "ASSAULT",
            words,
            "beschossen",
            actors=[REBELS],
            recipients=[ARMY],
            place=place,
            time=on(day),
            said_by=[ARMY],
        ),
    )


def test_a_ceasefire_is_agreed_then_in_force_then_broken() -> None:
    demand = kept(
        "demand",
        "2014-08-23",
        "Bote",
        event(
            "REQUEST",
            "Merkel forderte von Kiew eine Waffenruhe",
            "forderte",
            issue="ceasefire",
            actors=[EU],
            recipients=[UKRAINE],
        ),
    )
    breaches = [fired("b1", "2014-09-08", "Anzeiger"), fired("b2", "2014-09-14", "Bote", MARIUPOL)]
    shown = picture(demand, AGREED, HOLDS, *breaches)
    (one,) = [c for c in shown.commitments if c.issue == "ceasefire"]
    assert [(s.state, s.day) for s in one.steps] == [
        ("demanded", "2014-08-23"),
        ("agreed", "2014-09-05"),
        ("in force", "2014-09-06"),
        ("broken", "2014-09-14"),
    ]
    assert (one.kind, one.state, set(one.by)) == (
        "agreement",
        "broken",
        {"state:UKR", "group:pro-russian separatists:UKR"},
    )
    (ledger,) = shown.ceasefires
    assert (ledger.agreed, ledger.place, ledger.holding) == ("2014-09-05", "Minsk", "2014-09-06")
    assert [(d.day, len(d.cases)) for d in ledger.violations] == [("2014-09-08", 1), ("2014-09-14", 1)]
    (blame,) = ledger.violations[0].blames
    assert (blame.by, blame.whom) == (("organ:ukrainian military:UKR",), ("group:pro-russian separatists:UKR",))
    assert picture(demand, AGREED, HOLDS, *breaches, at="2014-09-07").commitments[0].state == "in force"


def test_a_person_closes_a_commitment() -> None:
    closed = correction("close", (AGREED, "e1", 0), number=7, field="cancelled", value="2014-10-01")
    (one,) = picture(AGREED, HOLDS, corrections=[closed]).commitments
    assert (one.state, one.since, one.steps[-1].correction) == ("cancelled", "2014-10-01", 7)


def test_a_condition_is_open_then_met_or_disputed() -> None:
    words = "Die EU will die Sanktionen aufheben, wenn Russland seine Truppen abzieht"
    lift = event(
        "RETREAT", words, "aufheben", status="conditional", actors=[EU], recipients=[RUSSIA], conditions=["e2"]
    )
    leave = event(
        "RETREAT",
        "wenn Russland seine Truppen abzieht",
        "abzieht",
        mode="withdraw",
        status="conditional",
        actors=[RUSSIA],
    )
    imposed = event(
        "SANCTION",
        "Die EU verhängte wegen der Krim Sanktionen gegen Russland",
        "verhängte",
        actors=[EU],
        recipients=[RUSSIA],
    )
    a = kept("a", "2014-09-12", "Anzeiger", imposed, lift, leave)
    a = replace(
        a,
        report=replace(
            a.report, findings=tuple(replace(f, conditions=("e3",)) if f.id == "e2" else f for f in a.findings)
        ),
    )  # type: ignore[call-arg]
    gone = kept(
        "b",
        "2014-10-13",
        "Bote",
        event("RETREAT", "Russland zog seine Truppen von der Grenze ab", "zog", mode="withdraw", actors=[RUSSIA]),
    )
    (sanction,) = picture(a).sanctions
    assert (sanction.by, sanction.on, sanction.state) == (("organisation:european union",), ("state:RUS",), "imposed")
    assert sanction.reason == "wegen der Krim Sanktionen gegen Russland"
    assert [(c.state, c.mode) for c in sanction.lifting] == [("open", "withdraw")]
    (later,) = picture(a, gone).sanctions
    assert later.lifting[0].state == "met" and "b#e1" in later.lifting[0].refs


def test_measures_against_the_firms_of_a_state_are_measures_against_it() -> None:
    bank = Party("Sberbank", "Sberbank", "RUS", "company")
    whole = event(
        "SANCTION", "Die USA verhängten Sanktionen gegen Russland", "verhängten", actors=[USA], recipients=[RUSSIA]
    )
    part = event(
        "SANCTION", "Washington traf auch die Sberbank mit Sanktionen", "traf", actors=[USA], recipients=[bank]
    )
    (sanction,) = picture(kept("a", "2014-09-12", "Anzeiger", whole, part)).sanctions
    assert {"a#e1", "a#e2"} <= set(sanction.refs)


def test_a_point_of_a_promise_is_promised() -> None:
    merkel = Party("Merkel", "Angela Merkel", "DEU", "person", "chancellor")
    promised = event(
        "AGREE", "Merkel versprach in Donezk Hilfe", "versprach", issue="aid", actors=[merkel], place=DONETSK
    )
    credit = event(
        "AID", "Deutschland werde für Kredite bürgen", "Kredite", status="planned",
        actors=[Party("Deutschland", "Germany", "DEU", "state")], said_by=[merkel],
    )  # fmt: skip
    (one,) = picture(kept("a", "2014-08-23", "Anzeiger", promised, credit)).commitments
    assert (one.kind, one.state) == ("promise", "promised")


def test_who_gives_what_to_whom() -> None:
    arms = event("AID", "Die USA lieferten der Ukraine Waffen", "lieferten", actors=[USA], recipients=[UKRAINE])
    again = event(
        "AID", "Washington liefert Kiew weitere Waffen", "liefert", status="ongoing", actors=[USA], recipients=[UKRAINE]
    )
    credit = event(
        "AID", "Die EU will Kiew einen Kredit geben", "geben", status="planned", actors=[EU], recipients=[UKRAINE]
    )
    shown = picture(kept("a", "2014-09-01", "Anzeiger", arms, credit), kept("b", "2014-10-01", "Bote", again))
    rows = {(c.by, c.kind, c.to, c.state, c.since, c.last) for c in shown.contributions}
    assert rows == {
        ("state:USA", "arms", ("state:UKR",), "given", "2014-09-01", "2014-10-01"),
        ("organisation:european union", "money", ("state:UKR",), "promised", "2014-09-01", "2014-09-01"),
    }


def test_a_planned_meeting_that_is_told_as_over_took_place() -> None:
    plan = kept(
        "plan",
        "2014-10-13",
        "Anzeiger",
        event(
            "CONSULT",
            "Putin will am Freitag in Mailand Poroschenko treffen",
            "treffen",
            status="planned",
            actors=[PUTIN],
            recipients=[POROSHENKO],
            place=MILAN,
            time=on("2014-10-17"),
        ),
    )
    met = kept(
        "met",
        "2014-10-18",
        "Courier",
        event(
            "CONSULT",
            "Poroshenko met Putin in Milan",
            "met",
            actors=[POROSHENKO],
            recipients=[PUTIN],
            place=MILAN,
            time=on("2014-10-17"),
        ),
        language="en",
    )
    (item,) = picture(plan, at="2014-10-14").agenda
    assert (item.kind, item.state, item.start, item.place) == ("meeting", "upcoming", "2014-10-17", "Milan")
    (item,) = picture(plan, at="2014-10-20").agenda
    assert item.state == "not told"
    (item,) = picture(plan, met).agenda
    assert (item.state, item.refs, item.outcome) == ("took place", ("plan#e1",), ("met#e1",))


def test_a_meeting_that_is_called_off_did_not_take_place() -> None:
    plan = kept(
        "plan",
        "2014-08-26",
        "Anzeiger",
        event(
            "CONSULT",
            "Poroschenko will am Donnerstag Russland besuchen",
            "besuchen",
            status="planned",
            mode="visit",
            actors=[POROSHENKO],
            recipients=[RUSSIA],
            time=on("2014-08-28"),
        ),
    )
    off = kept(
        "off",
        "2014-08-28",
        "Bote",
        event(
            "CONSULT",
            "Poroschenko hat den Besuch in Russland abgesagt",
            "Besuch",
            status="denied",
            mode="visit",
            actors=[POROSHENKO],
            recipients=[RUSSIA],
            time=on("2014-08-28"),
        ),
    )
    assert [i.state for i in picture(plan, off).agenda] == ["cancelled"]


def test_that_there_is_a_ceasefire_does_not_say_that_it_is_kept() -> None:
    words = "Die EU setzt die Sanktionen aus, wenn die Waffenruhe hält"
    condition = event("RETREAT", words, "Waffenruhe", mode="ceasefire", status="considered")
    lifting = event(
        "RETREAT", words + ", sagte sie", "setzt", issue="sanctions", status="conditional", actors=[EU], recipients=[RUSSIA],
        conditions=["e3"],
    )  # fmt: skip
    imposed = event(
        "SANCTION", "Die EU verhängte Sanktionen gegen Moskau", "verhängte", actors=[EU], recipients=[RUSSIA]
    )
    first = kept("a", "2014-09-05", "Anzeiger", imposed, lifting, condition)
    since = kept(
        "b",
        "2014-09-10",
        "Bote",
        event("RETREAT", "Der schwerste Angriff seit Beginn der Waffenruhe", "Waffenruhe", mode="ceasefire"),
    )
    (open_,) = picture(first, since).sanctions
    assert [c.state for c in open_.lifting] == ["open"]
    (kept_,) = picture(first, HOLDS).sanctions
    assert [c.state for c in kept_.lifting] == ["partly"]


def test_who_is_to_pay_has_not_paid_by_training_soldiers() -> None:
    pay = event(
        "AID", "Im Gegenzug müsste Kiew zwei Milliarden Dollar zahlen", "zahlen", status="planned", actors=[UKRAINE]
    )
    plan = event(
        "REQUEST",
        "Der Kommissar schlug Kiew und Moskau einen Gaspreis vor",
        "schlug",
        issue="trade",
        recipients=[UKRAINE, RUSSIA],
        conditions=["e2"],
    )
    train = event("AID", "Die Ukraine bildete Soldaten aus", "bildete", actors=[UKRAINE])
    shown = picture(kept("a", "2014-09-27", "Anzeiger", plan, pay), kept("b", "2014-10-13", "Bote", train))
    assert [c.state for one in shown.commitments for c in one.conditions] == ["open"]


def test_a_meeting_is_about_what_the_same_words_say() -> None:
    words = "Poroschenko berät über Sanktionen, wenn er am Samstag in Mailand eintrifft"
    plan = kept(
        "plan",
        "2014-08-29",
        "Anzeiger",
        event("CONSULT", words, "berät", status="planned", issue="sanctions", actors=[POROSHENKO]),
        event(
            "CONSULT",
            words,
            "eintrifft",
            status="considered",
            mode="multilateral",
            actors=[POROSHENKO],
            place=MILAN,
            time=on("2014-08-30"),
        ),
    )
    done = kept(
        "done",
        "2014-08-31",
        "Bote",
        event(
            "AGREE",
            "Die EU einigte sich in Mailand auf Sanktionen gegen Russland",
            "einigte",
            issue="sanctions",
            actors=[EU],
            recipients=[RUSSIA],
            place=MILAN,
            time=on("2014-08-30", "2014-08-31"),
        ),
    )
    (item,) = (i for i in picture(plan, done, at="2014-09-05").agenda if i.start == "2014-08-30")
    assert (item.issue, item.state, item.outcome) == ("sanctions", "took place", ("done#e1",))


def test_what_several_offer_to_another_is_a_promise() -> None:
    words = "Frankreich, Russland und die Ukraine boten der OSZE Drohnen an"
    offer = kept("a", "2014-10-17", "Bote", event("AGREE", words, "boten", issue="border", actors=[UKRAINE, RUSSIA]))
    (one,) = picture(offer).commitments
    assert (one.kind, one.state) == ("promise", "promised")


def test_what_is_promised_after_an_agreement_is_a_promise_of_its_own() -> None:
    agreed = kept(
        "a",
        "2014-09-20",
        "Bote",
        event("SUPPORT", "Kiew und Moskau unterzeichneten ein Memorandum", "unterzeichneten", actors=[UKRAINE, RUSSIA]),
        event("AID", "Die OSZE soll den Abzug überwachen", "überwachen", status="planned", actors=[OSCE]),
    )
    more = kept(
        "b",
        "2014-10-13",
        "Anzeiger",
        event("ACCUSE", "Kiew beschuldigte die Separatisten", "beschuldigte", actors=[UKRAINE], recipients=[REBELS]),
        event(
            "AID", "Sie will ihre Mission auf 500 Beobachter aufstocken", "aufstocken", status="planned", actors=[OSCE]
        ),
    )
    found = [(c.kind, c.state) for c in picture(agreed, more).commitments if "organisation:osce" in c.by]
    assert found == [("agreement", "agreed"), ("promise", "promised")]


def test_a_ceasefire_that_is_not_fully_kept_meets_no_condition_wholly_and_what_is_supposed_meets_none() -> None:
    ask = event(
        "SANCTION",
        "Paris hält das Schiff zurück, bis eine Waffenruhe gilt",
        "zurück",
        actors=[USA],
        recipients=[RUSSIA],
        conditions=["e2"],
    )
    truce = event("RETREAT", "bis eine Waffenruhe gilt", "gilt", status="considered", mode="ceasefire")
    first = kept("a", "2014-09-04", "Bote", ask, truce)
    wish = event("RETREAT", "falls die Waffenruhe halte", "halte", status="ongoing", mode="ceasefire")
    part = event(
        "RETREAT",
        "Die Waffenruhe wird nicht vollständig eingehalten",
        "eingehalten",
        status="ongoing",
        mode="ceasefire",
    )
    for told, state in ((wish, "open"), (part, "partly")):
        (one,) = picture(first, kept("b", "2014-10-05", "Anzeiger", told)).sanctions
        assert [c.state for c in one.lifting] == [state]


def test_a_sum_on_top_is_a_condition_of_its_own() -> None:
    words = "Im Gegenzug müsste Kiew zwei Milliarden Dollar zahlen und bis Jahresende weitere 1,1 Milliarden"
    plan = event("REQUEST", "Der Kommissar schlug Kiew und Moskau einen Gaspreis vor", "schlug", issue="trade",
                 recipients=[UKRAINE, RUSSIA], conditions=["e2"])  # fmt: skip
    pay = event("AID", words, "zahlen", status="planned", actors=[UKRAINE])
    sum_ = Figure("", "money", 1.1e9, trigger="1,1", evidence=words, trigger_span=(0, 0), evidence_span=(0, 0),
                  precision="exact")  # fmt: skip
    (one,) = [c for c in picture(kept("a", "2014-09-27", "Bote", plan, pay, sum_)).commitments if c.conditions]
    assert [(c.text, c.refs, c.state) for c in one.conditions] == [
        (words, ("a#e2",), "open"),
        ("1,1 Milliarden", ("a#f1",), "open"),
    ]


def test_a_sum_on_top_may_be_told_by_more_words_than_the_act() -> None:
    words = "Im Gegenzug müsste Kiew zwei Milliarden Dollar zahlen"
    plan = event("REQUEST", "Der Kommissar schlug Kiew und Moskau einen Gaspreis vor", "schlug", issue="trade",
                 recipients=[UKRAINE, RUSSIA], conditions=["e2"])  # fmt: skip
    pay = event("AID", words, "zahlen", status="planned", actors=[UKRAINE])
    both = words + " und bis Jahresende weitere 1,1 Milliarden"
    sum_ = Figure("", "money", 1.1e9, trigger="1,1", evidence=both, trigger_span=(0, 0), evidence_span=(0, 0),
                  precision="exact")  # fmt: skip
    text = f"Der Kommissar schlug Kiew und Moskau einen Gaspreis vor. {both}."
    (one,) = [
        c for c in picture(kept("a", "2014-09-27", "Bote", plan, pay, sum_, text=text)).commitments if c.conditions
    ]
    assert [(c.text, c.refs) for c in one.conditions] == [(words, ("a#e2",)), ("1,1 Milliarden", ("a#f1",))]


def test_a_meeting_that_is_weighed_in_words_of_a_plan_is_on_the_agenda() -> None:
    words = "Am Abend war noch ein Gespräch mit der Kanzlerin geplant"
    (item,) = picture(
        kept("a", "2014-10-16", "Bote", event("CONSULT", words, "Gespräch", status="considered", actors=[PUTIN]))
    ).agenda
    assert item.state == "undated"


def test_a_meeting_that_is_agreed_stands_on_the_agenda_and_is_no_commitment() -> None:
    words = "Kiew und die Separatisten vereinbarten, dass die Kontaktgruppe am Freitag wieder zusammenkommt"
    shown = picture(
        kept(
            "a",
            "2014-08-27",
            "Anzeiger",
            event("AGREE", words, "vereinbarten", issue="talks", actors=[UKRAINE, REBELS]),
            event(
                "CONSULT",
                words.split(", ")[1],
                "zusammenkommt",
                status="planned",
                actors=[UKRAINE, REBELS],
                time=on("2014-08-29"),
            ),
        )
    )
    assert shown.commitments == ()
    assert [i.start for i in shown.agenda] == ["2014-08-29"]


def test_more_of_what_was_told_before_is_announced_for_its_parties() -> None:
    swap = event(
        "RETREAT", "Ukraine and the rebels swapped prisoners", "swapped", mode="release", actors=[UKRAINE, REBELS]
    )
    more = event(
        "RETREAT",
        "that more exchanges would follow at the weekend",
        "exchanges",
        mode="release",
        status="considered",
        time=on("2014-09-13", "2014-09-14"),
    )
    again = event(
        "RETREAT",
        "the sides exchanged prisoners again on Sunday",
        "exchanged",
        mode="release",
        actors=[Party("the sides", "conflict parties", None, "group")],
        time=on("2014-09-14"),
    )
    blame = event("ACCUSE", "Kiev blamed Moscow", "blamed", actors=[UKRAINE], recipients=[RUSSIA])
    shown = picture(
        kept("a", "2014-09-13", "Ledger", swap, more, language="en"),
        kept("b", "2014-09-15", "Courier", again, blame, language="en"),
        at="2014-09-20",
    )
    (item,) = shown.agenda
    assert (set(item.parties) >= {"state:UKR"}, item.state, item.outcome) == (True, "took place", ("b#e1",))


def test_a_breach_of_the_truce_of_a_day_is_not_of_that_day() -> None:
    words = "Die Waffenruhe vom 5. September wurde seither fast täglich verletzt"
    breach = kept(
        "b", "2014-09-20", "Bote", event("RETREAT", words, "Waffenruhe", mode="ceasefire", time=on("2014-09-05"))
    )
    shown = picture(AGREED, breach)
    (one,) = [c for c in shown.commitments if c.issue == "ceasefire"]
    assert ("broken", "2014-09-20") in [(s.state, s.day) for s in one.steps]
    (ledger,) = shown.ceasefires
    assert [d.day for d in ledger.violations] == ["2014-09-20"]
