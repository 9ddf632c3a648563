"""Series and disputes: what sources say over time, and what cannot all be true."""

from __future__ import annotations

from made import ARMY, DONETSK, MARIUPOL, NATO, OSCE, REBELS, RUSSIA, UKRAINE, UN, event, figure, kept, on, picture

from lagebild.model import Figure, Party

COUNCIL = Party("der Stadtrat", "city council", "UKR", "organ")


def test_occurred_against_denied_is_a_dispute() -> None:
    claim = event(
        "MOBILIZE",
        "Russische Truppen sind in der Ukraine, sagt die Nato",
        "Truppen",
        mode="troops",
        actors=[RUSSIA],
        said_by=[NATO],
    )
    denial = event(
        "MOBILIZE",
        "Moskau bestreitet, dass Truppen im Land sind",
        "Truppen",
        mode="troops",
        status="denied",
        stance="denies",
        actors=[RUSSIA],
        said_by=[RUSSIA],
    )
    shown = picture(kept("a", "2014-08-28", "Anzeiger", claim), kept("b", "2014-08-30", "Bote", denial))
    (dispute,) = shown.disputes
    assert dispute.kind == "status"
    assert [(side.claim, side.refs) for side in dispute.sides] == [("occurred", ("a#e1",)), ("denied", ("b#e1",))]
    assert dispute.sides[0].sources == ("organisation:nato",)


def test_the_word_of_denial_answers_what_stands_before_it() -> None:
    shelled = event(
        "ASSAULT",
        "Die Armee habe Donezk beschossen, sagten die Rebellen",
        "beschossen",
        actors=[ARMY],
        place=DONETSK,
        said_by=[REBELS],
    )
    denied = event("REJECT", "Das Militär bestritt den Beschuss", "bestritt", actors=[ARMY])
    (dispute,) = picture(kept("a", "2014-10-01", "Anzeiger", shelled, denied)).disputes
    assert [side.refs for side in dispute.sides] == [("a#e1",), ("a#e2",)]


def test_to_refuse_is_not_to_deny() -> None:
    plan = event("REQUEST", "Kiew verlangte den Abzug der Rebellen", "verlangte", actors=[UKRAINE], recipients=[REBELS])
    refusal = event(
        "RETREAT",
        "Die Rebellen ziehen nicht ab",
        "ziehen",
        mode="withdraw",
        status="denied",
        actors=[REBELS],
        said_by=[REBELS],
    )
    assert picture(kept("a", "2014-10-01", "Anzeiger", plan, refusal)).disputes == ()


def test_who_did_it_is_a_dispute_of_actors() -> None:
    words = "Am Mittwoch schlugen Raketen in einer Schule in Donezk ein"
    hit = dict(mode="heavy-weapons", place=DONETSK, time=on("2014-10-01"))
    one = event(
        "ASSAULT",
        f"{words}, abgefeuert von der Armee, so die Rebellen",
        "Raketen",
        actors=[ARMY],
        said_by=[REBELS],
        **hit,
    )
    two = event(
        "ASSAULT", f"{words}, abgefeuert von Rebellen, so Kiew", "Raketen", actors=[REBELS], said_by=[UKRAINE], **hit
    )
    shown = picture(kept("a", "2014-10-01", "Anzeiger", one), kept("b", "2014-10-02", "Bote", two))
    (dispute,) = shown.disputes
    assert dispute.kind == "actor"
    assert {side.sources for side in dispute.sides} == {("group:pro-russian separatists:UKR",), ("state:UKR",)}


def test_named_sources_with_numbers_that_exclude_each_other_are_a_dispute() -> None:
    def count(value: int, sentence: str, source: Party, **more: str) -> Figure:
        return figure("killed", value, sentence, of="Menschen", said_by=[source], time=on("2014-04-15", None), **more)

    a = count(3600, "Im Osten der Ukraine wurden seit April laut Uno 3600 Menschen getötet", UN)
    b = count(6000, "Kiew beziffert die Opfer des Krieges auf 6000 Tote", UKRAINE)
    c = count(3650, "Die Nato nennt seit dem Frühjahr rund 3650 Todesopfer", NATO, precision="about")
    reports = [
        kept(
            n, "2014-10-08", n, event("ACCUSE", "Kiew rügte Moskau", "rügte", actors=[UKRAINE], recipients=[RUSSIA]), f
        )
        for n, f in zip("abc", (a, b, c), strict=True)
    ]
    shown = picture(*reports)
    (series,) = shown.series
    assert series.case is None and (series.low, series.high) == (3600, 6000)
    assert [line.source for line in series.lines] == ["organisation:nato", "organisation:united nations", "state:UKR"]
    (dispute,) = shown.disputes
    assert dispute.kind == "figures" and "6000" in {side.claim for side in dispute.sides}
    assert picture(reports[0], reports[2]).disputes == ()


def test_sums_that_grow_from_week_to_week_are_no_dispute() -> None:
    reports = [
        kept(
            f"r{n}",
            f"2014-09-{n:02}",
            "Bote",
            figure(
                "killed",
                2000 + 100 * n,
                f"Seit April starben in der Ukraine {2000 + 100 * n} Menschen",
                of="Menschen",
                said_by=[UN if n % 2 else COUNCIL],
            ),
            event("ACCUSE", "Kiew rügte Moskau", "rügte", actors=[UKRAINE], recipients=[RUSSIA]),
        )
        for n in (1, 8, 15, 22)
    ]
    shown = picture(*reports)
    (series,) = [s for s in shown.series if s.measure == "killed"]
    assert len(series.refs) == 4 and series.latest.value == 4200
    assert [d for d in shown.disputes if d.kind == "figures"] == []


def test_a_bare_sum_is_in_the_currency_of_the_one_before() -> None:
    gazprom, naftogaz = Party("Gazprom", "Gazprom", "RUS", "company"), Party("Naftogaz", "Naftogaz", "UKR", "company")
    claim = figure("money", 5.3e9, "Gazprom fordert 5,3 Milliarden Dollar", of="Dollar", said_by=[gazprom])
    other = figure("money", 3.1e9, "Naftogaz erkennt nur 3,1 Milliarden an", said_by=[naftogaz])
    (dispute,) = picture(kept("a", "2014-09-26", "Anzeiger", claim, other)).disputes
    assert [side.refs for side in dispute.sides] == [("a#f2",), ("a#f1",)]


def test_who_counts_the_dead_counts_the_wounded_told_right_after() -> None:
    mayor = Party("der Bürgermeister", "mayor", "UKR", "person", "mayor")
    hit = {"place": MARIUPOL, "time": on("2014-10-14")}
    attack = event("ASSAULT", "In Mariupol schlugen Raketen ein", "schlugen", **hit)
    dead = figure("killed", 7, "Sieben Menschen starben, sagte der Stadtrat", of="Menschen", said_by=[COUNCIL])
    hurt = figure("wounded", 18, "Achtzehn wurden verletzt")
    again = event("ASSAULT", "Bei dem Angriff auf Mariupol schlugen Raketen ein", "schlugen", **hit)
    fewer = figure("wounded", 17, "17 wurden verletzt, sagte der Bürgermeister", said_by=[mayor])
    shown = picture(
        kept("a", "2014-10-15", "Anzeiger", attack, dead, hurt), kept("b", "2014-10-15", "Bote", again, fewer)
    )
    assert [[side.sources for side in d.sides] for d in shown.disputes if d.kind == "figures"] == [
        [("office:mayor:UKR",), ("organ:city council:UKR",)]
    ]


def test_a_number_that_others_count_anew_is_a_dispute_even_of_unnamed_voices() -> None:
    words = "Der Minister hatte von 107 Toten gesprochen, Kommandeure schätzen die Zahl auf mehr als 300"
    told = kept(
        "a",
        "2014-10-13",
        "Bote",
        figure("killed", 107, words.split(", ")[0], of="Toten"),
        figure("killed", 300, words.split(", ")[1], precision="more_than"),
    )
    (one,) = picture(told).disputes
    assert (one.kind, [s.claim for s in one.sides]) == ("figures", ["107", "more_than 300"])


def test_what_a_third_party_says_was_not_done_answers_no_accusation() -> None:
    told = kept(
        "a",
        "2014-10-09",
        "Bote",
        event("ACCUSE", "Die Uno wirft Kiew vor, Wohngebiete zu beschießen", "wirft", actors=[UN], recipients=[UKRAINE]),
        event("RETREAT", "Laut OSZE hat Kiew seine Waffen nicht abgezogen", "abgezogen", status="denied",
              mode="withdraw", actors=[UKRAINE], said_by=[OSCE]),
    )  # fmt: skip
    assert picture(told).disputes == ()
