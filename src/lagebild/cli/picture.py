"""`lagebild picture` and `lagebild dossier`: what the kept reports of a conflict say together on a day."""

from __future__ import annotations

import argparse

from lagebild.cli.common import Commands, count, day_option, many, say, store_option, table, terminal_pen

EXAMPLES = """\
  lagebild picture ukraine --at 2014-10-18            what the kept reports of a conflict say together
  lagebild dossier list                               which conflicts are known
"""


def register(commands: Commands) -> None:
    """Adds the commands of this group."""
    picture = commands.add_parser("picture", help="show what the kept reports of a dossier say together")
    picture.add_argument("dossier", metavar="DOSSIER", help="its id or name, as `lagebild dossier list` prints it")
    picture.add_argument("--at", type=day_option, metavar="DATE", help="as of this day (default: the newest report's)")
    picture.add_argument("--since", type=day_option, metavar="DATE", help="also what has changed since this day")
    picture.add_argument("--lang", choices=("de", "en"), default="en", help="language of the output (default: en)")
    picture.add_argument("--all", action="store_true", help="all lines of each part")
    picture.add_argument(
        "--json", action="store_true", help="one JSON object, as docs/picture.schema.json describes it"
    )
    store_option(picture)
    picture.set_defaults(run=_picture)

    dossier = commands.add_parser("dossier", help="list, add or suggest dossiers")
    actions = dossier.add_subparsers(metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="list the dossiers with the number of kept reports")
    listed.add_argument("--lang", choices=("de", "en"), default="en", help="language of the names (default: en)")
    store_option(listed)
    listed.set_defaults(run=_list)
    add = actions.add_parser("add", help="add a dossier to this store, or change one")
    add.add_argument("id", metavar="ID", help="small letters, digits and hyphens")
    add.add_argument("--de", metavar="NAME", help="its name in German")
    add.add_argument("--en", metavar="NAME", help="its name in English")
    for name, what in (
        ("party", "a party of its core: a name, or a country (RUS)"),
        ("place", "a place of its core: a name, or a country"),
        ("word", "a word or phrase in title or text; «waffen*» is a beginning"),
        ("also", "a party that has a part in it"),
    ):
        add.add_argument(f"--{name}", action="append", default=[], metavar="NAME", help=f"{what}; may be repeated")
    add.add_argument(
        "--all", action="store_true", help="a report needs a word beside a party or place; default: one of them"
    )
    store_option(add)
    add.set_defaults(run=_add)
    suggested = actions.add_parser("suggest", help="suggest dossiers from the parties that occur together")
    suggested.add_argument("--least", type=count, default=3, metavar="N", help="reports that name a pair (default: 3)")
    store_option(suggested)
    suggested.set_defaults(run=_suggest)


def _picture(options: argparse.Namespace) -> int:
    from lagebild.picture import picture_of
    from lagebild.store import open_store

    with open_store(options.store) as store:
        picture = picture_of(store, options.dossier, options.at, options.since, options.lang)
    if options.json:
        from lagebild.picture.json import picture_to_json
        from lagebild.serial import dumps_line

        print(dumps_line(picture_to_json(picture)))
        return 0
    from lagebild.picture.lines import render_picture

    print(render_picture(picture, terminal_pen(), options.all), end="")
    return 0


def _list(options: argparse.Namespace) -> int:
    from lagebild.picture import dossiers
    from lagebild.picture.dossiers import size
    from lagebild.store import StoreError, open_store, store_path

    path = store_path(options.store)
    known = dossiers(path)
    counts: dict[str, str] = {}
    try:
        with open_store(path) as store:
            counts = {one.id: str(size(one, store)) for one in known}
    except StoreError as error:
        say(f"reports not counted: {error}")
    rows = [(one.id, counts.get(one.id, ""), "yours" if one.own else "", one.name(options.lang)) for one in known]
    print(table([("ID", "REPORTS", "", "NAME"), *rows]))
    return 0


def _add(options: argparse.Namespace) -> int:
    from lagebild.picture import Dossier, add_dossier
    from lagebild.store import store_path

    names = {key: value for key in ("de", "en") if (value := getattr(options, key))}
    new = Dossier(
        options.id, names, tuple(options.party), tuple(options.place), tuple(options.word), tuple(options.also),
        "all" if options.all else "any", True,
    )  # fmt: skip
    print(f"dossier {options.id} kept in {add_dossier(store_path(options.store), new)}")
    return 0


def _suggest(options: argparse.Namespace) -> int:
    from lagebild.picture import dossiers, suggest
    from lagebild.render import clean
    from lagebild.store import open_store

    with open_store(options.store) as store:
        found = suggest(store, dossiers(store.path), options.least)
        kept = store.count()
    if not found:
        say(f"no parties occur together in {options.least} or more of {many(kept, 'kept report')}")
        return 0
    rows = [(str(s.reports), s.covered or "none", clean(", ".join(s.parties))) for s in found]
    print(table([("REPORTS", "DOSSIER", "PARTIES"), *rows]))
    for one in found:
        if one.covered is None:
            parties = " ".join(f'--party "{clean(p)}"' for p in one.parties)
            print(f"\nnot covered yet: lagebild dossier add NAME {parties}")
            break
    return 0
