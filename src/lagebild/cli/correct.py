"""`lagebild correct` and `lagebild party`: what people set right; it is kept apart from the readings and outlives them."""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lagebild.cli.common import Commands, count, day_option, kept_store, many, say, store_option, value_words
from lagebild.errors import LagebildError

if TYPE_CHECKING:
    from lagebild.model import Finding, Report
    from lagebild.store import Correction, Store, Target

EXAMPLES = """\
  lagebild correct set minsk-2015#e3 status=planned --note "announced only"
  lagebild party merge "Petro Poroshenko" "Pjotr Poroschenko" --note "one person"
"""
_PARTIES = ("actors", "recipients", "said_by")
_COUNTRY = re.compile(r"(.*\S)\s*/\s*([A-Z]{3})")


def register(commands: Commands) -> None:
    """Adds the commands of this group."""
    correct = commands.add_parser(
        "correct",
        help="set right a finding, a case or a commitment",
        description="Corrections are records of their own. They hold on to their finding by its words in the report, so they "
        "survive rereads and new versions. A finding is named REPORT#FINDING, as in minsk-2015#e3.",
    )
    actions = correct.add_subparsers(metavar="ACTION", required=True)

    set_ = _action(actions, "set", "set fields of a finding", _set)
    set_.add_argument("ref", metavar="REPORT#FINDING")
    set_.add_argument(
        "changes",
        nargs="+",
        metavar="FIELD=VALUE",
        help="status=planned, value=300, place=Milan/ITA, time=2014-10-17 or 2014-10-01/2014-10-10, "
        "actors='Russia/RUS; Sergey Lavrov/RUS', issue=none; or a JSON value of the shape in docs/findings.md",
    )
    drop = _action(actions, "drop", "take out findings that are none", _drop)
    drop.add_argument("refs", nargs="+", metavar="REPORT#FINDING")
    join = _action(actions, "join", "these findings tell of one case", _join)
    join.add_argument("refs", nargs="+", metavar="REPORT#FINDING")
    split = _action(actions, "split", "these findings tell of another case than those", _split)
    split.add_argument("refs", nargs="+", metavar="REPORT#FINDING")
    split.add_argument("--from", dest="others", nargs="+", required=True, metavar="REPORT#FINDING")
    close = _action(actions, "close", "say what became of a commitment", _close)
    close.add_argument("ref", metavar="REPORT#FINDING", help="a finding that tells of it")
    close.add_argument("--fate", required=True, help="kept, broken, fulfilled, cancelled, in force, unclear")
    close.add_argument("--on", type=day_option, metavar="DATE", help="since this day (YYYY-MM-DD)")
    _listing(actions, "correct", "correction", _list, _undo)

    party = commands.add_parser("party", help="decide which names are one party")
    decisions = party.add_subparsers(metavar="ACTION", required=True)
    for action, what in (
        ("merge", "these names are one party, the first one leads"),
        ("split", "these names are different parties"),
    ):
        decide = _action(decisions, action, what, _decide)
        decide.add_argument("names", nargs="+", metavar="NAME", help="a name, or NAME/COUNTRY where several bear it")
        decide.set_defaults(action=action)
    _listing(decisions, "party", "decision", _decisions, _undecide)


def _listing(actions: Commands, command: str, what: str, show: Any, take_back: Any) -> None:
    """The actions of a command that list what was set and take one of it back."""
    listed = actions.add_parser("list", help=f"list the {what}s")
    store_option(listed)
    listed.set_defaults(run=show)
    undo = actions.add_parser("undo", help=f"take a {what} back")
    undo.add_argument("number", type=count, metavar="NUMBER", help=f"as `lagebild {command} list` prints it")
    store_option(undo)
    undo.set_defaults(run=take_back)


def _action(actions: Commands, name: str, what: str, run: Any) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=what)
    parser.add_argument("--note", required=True, metavar="WORDS", help="why; kept and shown with it")
    parser.add_argument("--by", metavar="NAME", help="who says so")
    store_option(parser)
    parser.set_defaults(run=run)
    return parser


# ---------------------------------------------------------------------------------------------- corrections


def _set(options: argparse.Namespace) -> int:
    from lagebild.store.corrections import FIELDS, kind_of, with_field

    changes = [_change(words) for words in options.changes]
    with kept_store(options.store) as writer:
        report, finding = _finding(writer, options.ref)
        now = next((f for f in writer.report(report.id).findings if f.id == finding.id), None)
        if now is None:
            raise LagebildError(f"{options.ref} was taken out by a correction; `lagebild correct undo` takes that back")
        order = FIELDS[kind_of(now)]  # the type comes before the mode that it allows
        changes.sort(key=lambda change: order.index(change[0]) if change[0] in order else 0)
        values = [(field, _value(now, field, words)) for field, words in changes]
        for field, value in values:  # all are looked at before one is kept
            now = with_field(now, field, value, report.text)
        for field, value in values:
            number = writer.correct("set", [_target(report, finding)], options.note, field, value, options.by)
            print(f"correction {number}: {options.ref} {field} → {value_words(value)}")
    return 0


def _drop(options: argparse.Namespace) -> int:
    with kept_store(options.store) as writer:
        targets = [_target(*_finding(writer, ref)) for ref in options.refs]
        for target in targets:
            number = writer.correct("drop", [target], options.note, author=options.by)
            print(f"correction {number}: {target.ref} taken out")
    return 0


def _join(options: argparse.Namespace) -> int:
    refs = _distinct(options.refs, 2, "to join")
    with kept_store(options.store) as writer:
        targets = [_target(*_finding(writer, ref)) for ref in refs]
        number = writer.correct("join", targets, options.note, author=options.by)
    print(f"correction {number}: one case: {', '.join(refs)}")
    return 0


def _split(options: argparse.Namespace) -> int:
    refs, others = _distinct(options.refs, 1, "to split"), _distinct(options.others, 1, "to split from")
    both = set(refs) & set(others)
    if both:
        raise LagebildError(f"{', '.join(sorted(both))} cannot stand on both sides")
    with kept_store(options.store) as writer:
        targets = [_target(*_finding(writer, ref), side) for side, names in ((0, refs), (1, others)) for ref in names]
        number = writer.correct("split", targets, options.note, author=options.by)
    print(f"correction {number}: {', '.join(refs)} in another case than {', '.join(others)}")
    return 0


def _close(options: argparse.Namespace) -> int:
    from lagebild.store.corrections import FATES

    if options.fate not in FATES:
        raise LagebildError(f"{options.fate!r} is no fate of a commitment: {', '.join(FATES)}")
    with kept_store(options.store) as writer:
        target = _target(*_finding(writer, options.ref))
        number = writer.correct("close", [target], options.note, options.fate, options.on, options.by)
    print(f"correction {number}: {options.ref} {options.fate}" + (f" since {options.on}" if options.on else ""))
    return 0


def _list(options: argparse.Namespace) -> int:
    from lagebild.store import open_store

    with open_store(options.store) as store:
        found = store.corrections()
    for correction in found:
        print(_line(correction))
    if not found:
        say("no corrections in the store")
    return 0


def _line(correction: Correction) -> str:
    def named(target: Target) -> str:
        return str(target.ref) if target.ref else f"{target.report} «{target.trigger}» (finds nothing now)"

    first = ", ".join(named(t) for t in correction.targets if t.side == 0)
    other = ", ".join(named(t) for t in correction.targets if t.side == 1)
    what = {
        "set": f"{correction.field} → {value_words(correction.value)}",
        "close": f"{correction.field}" + (f" since {correction.value}" if correction.value else ""),
        "split": f"from {other}",
    }.get(correction.action, "")
    by = f", {correction.author}" if correction.author else ""
    words = f"{correction.id:>4}  {correction.action} {first} {what}".rstrip()
    return f"{words} · «{' '.join(correction.note.split())}» ({correction.made[:10]}{by})"


def _undo(options: argparse.Namespace) -> int:
    with kept_store(options.store) as writer:
        writer.undo(options.number)
    print(f"correction {options.number} taken back")
    return 0


# -------------------------------------------------------------------------------------------------- parties


def _decide(options: argparse.Namespace) -> int:
    with kept_store(options.store) as writer:
        names = list(dict.fromkeys(_party_name(writer, words) for words in options.names))
        if len(names) < 2:
            raise LagebildError(f"at least two names to {options.action}")
        number = writer.decide(options.action, names, options.note, options.by)
    print(f"decision {number}: {_names(names)} {'are one party' if options.action == 'merge' else 'are not one party'}")
    return 0


def _decisions(options: argparse.Namespace) -> int:
    from lagebild.store import open_store

    with open_store(options.store) as store:
        found = store.party_decisions()
    for d in found:
        by = f", {d.author}" if d.author else ""
        print(f"{d.id:>4}  {d.action} {_names(d.names)} · «{' '.join(d.note.split())}» ({d.made[:10]}{by})")
    if not found:
        say("no decisions about parties in the store")
    return 0


def _undecide(options: argparse.Namespace) -> int:
    with kept_store(options.store) as writer:
        writer.undecide(options.number)
    print(f"decision {options.number} taken back")
    return 0


def _names(names: Sequence[tuple[str, str | None]]) -> str:
    return ", ".join(f"{name} ({country})" if country else name for name, country in names)


def _party_name(store: Store, words: str) -> tuple[str, str | None]:
    """The name as the store has it. Raises LagebildError with the nearest names if it has none."""
    from lagebild.store.names import fold, nearest

    known = store.party_names()
    found = _COUNTRY.fullmatch(words)
    name, country = (found[1], found[2]) if found else (words, None)
    for kept, home, _ in known:
        if fold(kept) == fold(name) and country in (None, home):
            return kept, country
    raise LagebildError(f"no party {words!r} in the store {store.path}{nearest(name, [k for k, _, _ in known])}")


# --------------------------------------------------------------------------------------------------- inside


def _finding(store: Store, ref: str) -> tuple[Report, Finding]:
    """The newest reading of the report and the finding in it, uncorrected."""
    id, mark, name = ref.rpartition("#")
    if not mark or not id or not name:
        raise LagebildError(f"{ref!r} names no finding; write REPORT#FINDING, as in minsk-2015#e3")
    key = store.key(id)
    report = store.reading(key, store.versions(key)[-1].number)
    for finding in report.findings:
        if finding.id == name:
            return report, finding
    listed = ", ".join(f.id for f in report.findings) or "none"
    raise LagebildError(f"no finding {name!r} in report {key!r} (its findings: {listed})")


def _target(report: Report, finding: Finding, side: int = 0) -> Target:
    from lagebild.store.corrections import target_of

    return target_of(report, finding, side)


def _distinct(refs: Sequence[str], least: int, what: str) -> list[str]:
    found = list(dict.fromkeys(refs))
    if len(found) < least:
        raise LagebildError(f"at least {many(least, 'finding')} {what}")
    return found


def _change(words: str) -> tuple[str, str]:
    field, equals, value = words.partition("=")
    if not equals:
        raise LagebildError(f"{words!r} is no change; write FIELD=VALUE, as in status=planned")
    return field.strip(), value.strip()


def _value(finding: Finding, field: str, words: str) -> Any:
    """The JSON value that a person means by a few words."""
    if words.startswith(("[", "{", '"')):
        try:
            return json.loads(words)
        except ValueError as error:
            raise LagebildError(f"{field}: no valid JSON ({error})") from None
    if field in _PARTIES:
        return [] if words in ("none", "") else [_named(part) for part in words.split(";") if part.strip()]
    if words in ("none", "null", ""):
        return None
    if field == "place":
        return _named(words) | ({"text": finding.place.text} if finding.place else {})
    if field == "time":
        start, _, end = words.partition("/")
        days = {"from": _day(start), "to": _day(end or start)}
        return {"text": finding.time.text if finding.time else words} | days
    if field == "value":
        try:
            number = float(words)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise LagebildError(f"value cannot be {words!r}: give a number")
        return int(number) if number.is_integer() else number
    return words


def _named(words: str) -> dict[str, Any]:
    found = _COUNTRY.fullmatch(words.strip())
    name, country = (found[1], found[2]) if found else (words.strip(), None)
    return {"text": name, "name": name, "country": country}


def _day(words: str) -> str:
    try:
        return day_option(words.strip())
    except argparse.ArgumentTypeError as error:
        raise LagebildError(f"time: {error}") from None
