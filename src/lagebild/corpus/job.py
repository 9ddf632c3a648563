"""A corpus run: plans the pieces, has them read by the engine, finishes the dataset; goes on where an earlier run stopped."""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec

from lagebild.corpus import plan, rows, warc
from lagebild.corpus.dataset import duplicates, held
from lagebild.corpus.engine import Engine
from lagebild.corpus.extra import CorpusError
from lagebild.corpus.finish import finish, settle
from lagebild.corpus.plan import Piece
from lagebild.corpus.readings import forget
from lagebild.corpus.work import Done, Task, Worker, finished, forget_deaths, workshop
from lagebild.errors import Fault
from lagebild.intake.load import sources
from lagebild.lexicon.loader import LANGUAGES
from lagebild.reading.events import Voices

#: From so many archives on, finding out where their records are is handed to the workers too.
_MANY = 4


@dataclass(frozen=True, slots=True)
class Options:
    """How a corpus is read. `languages`: which reports are read; `everything`: no filter of relevance."""

    engine: Engine = field(default_factory=Engine)
    languages: tuple[str, ...] = LANGUAGES
    voices: Voices = "both"
    everything: bool = False
    records: int = plan.RECORDS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of these inputs, and how many reports and findings the dataset holds now, of them and earlier ones.

    `counts` go by records; its findings are those read, also in reports that were there twice, its words those that went through
    the analyser, `reused` the reports whose words had been read before. `before`: pieces that an earlier run had read.
    """

    reports: int
    findings: int
    counts: Counter[str]
    seconds: Mapping[str, float]
    memory: int
    pieces: int
    before: int
    faults: tuple[Fault, ...]


class Watch(Protocol):
    """Is told how a run gets on."""

    def planned(self, pieces: int, done: int) -> None: ...

    def read(self, done: Done) -> None: ...

    def finishing(self) -> None: ...

    def say(self, line: str) -> None: ...


class _Nobody:
    def planned(self, pieces: int, done: int) -> None: ...

    def read(self, done: Done) -> None: ...

    def finishing(self) -> None: ...

    def say(self, line: str) -> None: ...


def run(inputs: Sequence[str], out: str | os.PathLike[str], options: Options, watch: Watch | None = None) -> Outcome:
    """Reads files and folders into the dataset `out`. Raises CorpusError; what is wrong with a record never does."""
    watch = watch or _Nobody()
    # Workers may run elsewhere; to them a name relative to this folder says nothing.
    folder = Path(os.path.abspath(out))
    reader = reader_version(options.voices)
    _open(folder, options, reader)
    settle(folder)
    forget_deaths(folder)
    paths, faults = _paths(inputs)
    pieces = _pieces(folder, paths, options, watch, faults)
    known = finished(folder)
    by_name = {piece.name: piece for piece in pieces}

    def left() -> list[str]:
        here = finished(folder)
        return [plan.dumps(piece) for name, piece in by_name.items() if name not in here]

    before = len(by_name) - len(todo := left())
    watch.planned(len(by_name), before)
    task = Task(str(folder), options.languages, options.voices, options.everything)
    for result in options.engine.map(partial(_worker, task), todo, left, watch.say):
        done = msgspec.json.decode(result, type=Done)
        if done.reader != reader:
            raise CorpusError(
                f"a worker has another version ({done.reader}) than this program ({reader}); install the same"
            )
        watch.read(done)
    known = finished(folder)
    missing = [piece for name, piece in by_name.items() if name not in known]
    if missing:
        raise CorpusError(f"{len(missing)} pieces were not read, the first is {missing[0]}; start again to go on")
    watch.finishing()
    finish(folder, list(known.values()))
    forget(folder)
    counts, seconds = Counter[str](), defaultdict[str, float](float)
    for name in by_name:
        counts.update(known[name].counts)
        for step, value in known[name].seconds.items():
            seconds[step] += value
    # Pieces know only what they hold twice themselves.
    twice = duplicates(folder, {path for piece in pieces for path in piece.files})
    counts["reports"] -= twice - counts["duplicate"]
    counts["duplicate"] = twice
    memory = max((known[name].memory for name in by_name), default=0)
    return Outcome(*held(folder), counts, seconds, memory, len(by_name), before, tuple(faults))


def _worker(task: Task) -> Callable[[str], str]:
    worker = Worker(task)
    return lambda line: msgspec.json.encode(worker(plan.loads(line))).decode()


def _cutter(records: int) -> Callable[[str], str]:
    return lambda path: msgspec.json.encode(plan.cut_warc(path, records)).decode()


def _open(out: Path, options: Options, reader: str) -> None:
    """Makes the folder, or sees that it is a dataset which was read in the same way."""
    stamp = {
        "schema": rows.SCHEMA,
        "reader": reader,
        "languages": list(options.languages),
        "everything": options.everything,
    }
    path = out / "_corpus" / "run.json"
    try:
        if path.exists():
            old = json.loads(path.read_text("utf-8"))
            differs = [name for name in stamp if old.get(name) != stamp[name]]
            if differs:
                name = differs[0]
                raise CorpusError(
                    f"{out}: this dataset was read with other {name} ({old.get(name)!r}, now {stamp[name]!r}); "
                    "choose another folder, or remove this one"
                )
            return
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise CorpusError(f"{out} is neither empty nor a dataset of lagebild; choose another folder")
        workshop(out).mkdir(parents=True)
        path.write_text(json.dumps(stamp) + "\n", "utf-8")
    except OSError as error:
        raise CorpusError(f"{out}: no dataset can be written here ({error.strerror})") from None


def reader_version(voices: Voices) -> str:
    """What a reader with these voices calls itself."""
    from lagebild.reading.reader import Reader

    return Reader(events=voices).version


def _paths(inputs: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """The files that are meant, each once, and what is wrong with others."""
    found: dict[str, None] = {}
    faults: list[Fault] = []
    for name in inputs:
        for path in sources(os.path.abspath(name) if name else name):
            if isinstance(path, Fault):
                faults.append(path)
            elif not os.path.isfile(path):
                faults.append(Fault(str(path), "", "no such file", "check the name"))
            else:
                found[str(path)] = None
    return list(found), faults


def _pieces(out: Path, paths: list[str], options: Options, watch: Watch, faults: list[Fault]) -> list[Piece]:
    archives = [path for path in paths if warc.is_warc(path)]
    cut = _cut_archives(out, archives, options, watch, faults)
    pieces: list[Piece] = []
    for path in archives:
        pieces += cut.get(path, [])
    others: list[str] = []
    for path in paths:
        if not warc.is_warc(path):
            try:
                plan.fingerprint(path)
                others.append(path)
            except OSError as error:
                faults.append(_closed(path, error))
    pieces += plan.cut_files(others)
    return pieces


def _cut_archives(
    out: Path, archives: list[str], options: Options, watch: Watch, faults: list[Fault]
) -> dict[str, list[Piece]]:
    """The pieces of each WARC; found once, then kept with the dataset."""
    notes = out / "_corpus" / "plan"
    notes.mkdir(exist_ok=True)
    found: dict[str, list[Piece]] = {}
    names: dict[str, Path] = {}
    for path in archives:
        try:
            names[path] = notes / f"{plan.fingerprint(path)}-{options.records}.json"
        except OSError as error:
            faults.append(_closed(path, error))
            continue
        if names[path].exists():
            pieces = msgspec.json.decode(names[path].read_bytes(), type=list[Piece])
            if pieces and pieces[0].files == (path,):
                found[path] = pieces
    for path, pieces in _cut(options, [p for p in names if p not in found], watch):
        found[path] = pieces
        names[path].write_bytes(msgspec.json.encode(pieces))
        if not pieces:
            faults.append(Fault(path, "", "no page in this archive", "is it a WARC file?"))
    return found


def _cut(options: Options, paths: list[str], watch: Watch) -> Iterator[tuple[str, list[Piece]]]:
    if len(paths) < _MANY or options.engine.workers == 1:
        for path in paths:
            yield path, plan.cut_warc(path, options.records)
        return
    left = dict.fromkeys(paths)
    for result in options.engine.map(partial(_cutter, options.records), paths, lambda: list(left), watch.say):
        pieces = msgspec.json.decode(result, type=list[Piece])
        if pieces:
            left.pop(pieces[0].files[0], None)
            yield pieces[0].files[0], pieces
    for path in left:  # without a single record
        yield path, []


def _closed(path: str, error: OSError) -> Fault:
    return Fault(path, "", f"the file cannot be read ({error.strerror})", "check its permissions")
