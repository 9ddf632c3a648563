"""How well the relevance filter tells reports apart, and what it saves; fits its weights.

usage: python bench/relevance.py --data ../shared               measures, writes docs/relevance.md
       python bench/relevance.py --data ../shared --fit         fits lexicon/relevance.toml anew

Relevant are annotated reports with at least one event. Irrelevant are texts of bench/irrelevant (our own, sport to recipes),
of other genres in the treebanks, and reports of mixed news in which the whole reading finds no event. Fitted on gold/train,
the own annotated reports, every other own irrelevant text and the dev parts of the treebanks; everything else only measures.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from common import machine, records

from lagebild.language.identify import identify
from lagebild.lexicon.vocabulary import vocabulary
from lagebild.model import Event, Report
from lagebild.reading.reader import Reader
from lagebild.reading.relevance import ACTS, PARTIES, SHORT, count, features, relevance

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src/lagebild/lexicon/relevance.toml"
#: Groups whose words may only speak for a text, and those that may only speak against it.
FOR = (*sorted(ACTS), "weak", *sorted(PARTIES), "near", "about")
AGAINST = ("sport", "weather", "culture", "economy", "life", "science", "words")
#: Weights before the data have spoken, and how much they must speak to be heard: there are few irrelevant texts to fit on.
PRIOR = {"weak": 0.3, "near": 0.7, "about": 0.2, "generic": 0.2, "home": 0.1, "words": -1.0}
DECAY = 0.01
#: Documents of each treebank and reports of mixed news that are read to know whether they hold events.
BANK, NEWS = 80, 160
#: What whole texts and first sentences count, of relevant and of irrelevant ones.
PARTS = (0.35, 0.15, 0.35, 0.15)
#: Of the relevant texts that the weights are fitted on, the share that the threshold must keep; of their first sentences.
KEPT, KEPT_SHORT = 0.955, 0.87


class Text(NamedTuple):
    id: str
    language: str
    text: str


def gold(folder: Path) -> list[Text]:
    """The reports of a folder that have at least one event."""
    rows = [json.loads(p.read_text("utf-8")) for p in sorted(folder.rglob("*.json"))]
    return [
        Text(r["id"], r["language"], r["text"])
        for r in rows
        if any(f["kind"] == "event" for f in r.get("findings", ()))
    ]


def annotated(folder: Path) -> Iterator[Text]:
    """Our own annotated reports (training/reports) that have an event."""
    for path in sorted(folder.glob("*/*.txt")):
        for number, report in enumerate(path.read_text("utf-8").split("\n# report")):
            lines = report.splitlines()
            if any(line.startswith("e ") for line in lines):
                text = " ".join(line[2:] for line in lines if line.startswith("S "))
                yield Text(f"{path.stem}-{number}", path.parent.name, text)


def flashes(texts: Sequence[Text]) -> list[Text]:
    """The first sentences of texts, as agencies send them ahead: a filter fitted on whole articles alone would drop them."""
    found = []
    for text in texts:
        ends = [m.end() for m in re.finditer(r"[.!?»”] (?=[A-ZÄÖÜ«„“])", text.text)]
        if len(ends) > 2:
            found.append(Text(f"{text.id}-flash", text.language, text.text[: ends[1]]))
    return found


def own(language: str) -> list[Text]:
    """The irrelevant texts of our own."""
    texts = (ROOT / "bench/irrelevant" / f"{language}.txt").read_text("utf-8").strip().split("\n\n")
    return [Text(f"own-{language}-{number}", language, text) for number, text in enumerate(texts)]


def treebank(path: Path, language: str, size: int = 8) -> Iterator[Text]:
    """The documents of a treebank; where it marks none, stretches of `size` sentences."""
    name, sentences, marked = path.stem, list[str](), "# newdoc" in path.read_text("utf-8")
    number = 0
    for line in path.read_text("utf-8").splitlines():
        new = line.startswith("# newdoc") if marked else len(sentences) == size
        if new and sentences:
            yield Text(f"{name}-{number}", language, " ".join(sentences))
            sentences, number = [], number + 1
        if line.startswith("# text = "):
            sentences.append(line.removeprefix("# text = "))
    if sentences:
        yield Text(f"{name}-{number}", language, " ".join(sentences))


def sample(texts: Sequence[Text], size: int) -> list[Text]:
    """The same few of many texts every time: reading them all to know which hold events takes an hour."""
    return random.Random(7).sample(texts, min(size, len(texts)))


class Readings:
    """Whether the whole reading finds an event in a text; remembered, because it takes long."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = {row["id"]: row["events"] for row in records(path)} if path.exists() else {}

    def without_events(self, texts: Sequence[Text]) -> list[Text]:
        for text in texts:
            if text.id not in self._known:
                self._known[text.id] = events = self._events(text)
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"id": text.id, "events": events}) + "\n")
        return [text for text in texts if not self._known[text.id]]

    def _events(self, text: Text) -> int:
        return sum(isinstance(f, Event) for f in reader().read(text.text, language=text.language).findings)


@cache
def reader() -> Reader:
    return Reader(threads=1)


# ------------------------------------------------------------------------------------------------ fitting


def fit(
    yes: Sequence[Text], no: Sequence[Text], yes_short: Sequence[Text], no_short: Sequence[Text]
) -> dict[str, float]:
    """Weights of a logistic regression whose groups can speak in one direction only; the bias is the threshold's."""
    from scipy.optimize import minimize

    names = (*FOR, *AGAINST)
    sets = [yes, yes_short, no, no_short]
    counts = [count(t.text, t.language) for texts in sets for t in texts]
    x = np.array([[features(one).get(name, 0.0) for name in names] for one in counts])
    short = np.array([one["words"] < SHORT for one in counts])
    y = np.array([float(texts in (yes, yes_short)) for texts in sets for _ in texts])
    share = np.array([part / len(texts) for texts, part in zip(sets, PARTS, strict=True) for _ in texts])
    prior = np.array([PRIOR.get(name, 0.5 if name in FOR else -0.5) for name in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        p = 1 / (1 + np.exp(-(x @ w[:-2] + np.where(short, w[-1], w[-2]))))
        value = -(share * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        wrong, away = share * (p - y), w[:-2] - prior
        gradient = np.concatenate([x.T @ wrong + 2 * DECAY * away, [wrong[~short].sum(), wrong[short].sum()]])
        return value + DECAY * float((away**2).sum()), gradient

    bounds = [(0.0, None)] * len(FOR) + [(None, 0.0)] * len(AGAINST) + [(None, None)] * 2
    w = minimize(loss, np.append(prior, [0.0, 0.0]), jac=True, bounds=bounds, method="L-BFGS-B").x
    scores = x @ w[:-2]
    bias = {
        "bias": -np.quantile(scores[(y == 1) & ~short], 1 - KEPT, method="lower"),
        "bias_short": -np.quantile(scores[(y == 1) & short], 1 - KEPT_SHORT, method="lower"),
    }
    found = {**bias, **{name: v for name, v in zip(names, w[:-2], strict=True) if abs(v) >= 0.0005}}
    return {name: round(float(v) + (0.002 if name in bias else 0), 3) for name, v in found.items()}


HEAD = """\
# Weights of the relevance filter, by group of words: what log(1 + count) adds to a text's score; `near` counts sure acts
# near parties of weight, `about` any acts near any party, `words` all words. From 0 up a text is read.
# Written by `python bench/relevance.py --fit`.

[weights]
"""


def write(weights: dict[str, float]) -> None:
    TABLE.write_text(HEAD + "".join(f"{name} = {value}\n" for name, value in weights.items()), "utf-8")


# ---------------------------------------------------------------------------------------------- measuring


def kept(texts: Sequence[Text]) -> list[bool]:
    return [relevance(text.text, text.language).relevant for text in texts]


def share(flags: Sequence[bool]) -> str:
    return f"{sum(flags)} of {len(flags)} | {sum(flags) / max(1, len(flags)):.1%}"


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor: whatever else the machine does, one thread does all of the work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def stream(yes: Sequence[Text], no: Sequence[Text], size: int) -> list[Text]:
    """News as it comes, of about `size` words: one word in twenty stands in a relevant report."""
    chosen, mixed = random.Random(5), list[Text]()
    for texts, words in ((yes, size / 20), (no, size * 19 / 20)):
        while words > 0:
            mixed.append(chosen.choice(texts))
            words -= len(mixed[-1].text.split())
    chosen.shuffle(mixed)
    return mixed


def speed(yes: Sequence[Text], no: Sequence[Text], size: int) -> list[str]:
    """Lines on a mixed stream: read as a whole, and through the filter (language, relevance, then reading)."""
    mixed = stream(yes, no, size)
    ids = {text.id for text in yes}
    reader().read("Kerry traf Lawrow in Genf.")
    relevance("Kerry", "de"), relevance("Kerry", "en"), identify("Kerry")

    def one(text: Text, sift: bool) -> None:
        language = identify(text.text).language
        if sift and (language not in ("de", "en") or not relevance(text.text, language).relevant):
            return
        reader().read_report(Report(text.id, text.text, language=text.language))

    whole = timed(lambda: [one(text, False) for text in mixed])
    sifted = timed(lambda: [one(text, True) for text in mixed])
    alone = timed(lambda: [relevance(text.text, text.language) for text in mixed])
    told = timed(lambda: [identify(text.text) for text in mixed])
    words = sum(len(text.text.split()) for text in mixed)
    inside = sum(len(text.text.split()) for text in mixed if text.id in ids)
    lost = [t for t in mixed if t.id in ids and not relevance(t.text, t.language).relevant]
    return [
        f"Mixed stream of {len(mixed)} texts, {words:,} words, of which {inside:,} in {sum(t.id in ids for t in mixed)} relevant "
        f"reports ({len(lost)} of them lost):",
        "",
        "| | processor seconds | words/s |",
        "|---|---|---|",
        f"| reading everything | {whole:.1f} | {words / whole:,.0f} |",
        f"| language, filter, reading what is left | {sifted:.1f} | {words / sifted:,.0f} |",
        f"| of this the language | {told:.2f} | {words / told:,.0f} |",
        f"| of this the filter | {alone:.2f} | {words / alone:,.0f} |",
        "",
        f"**{whole / sifted:.1f} times as fast** as reading everything.",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="the measuring data")
    parser.add_argument("--fit", action="store_true", help="fit the weights anew, then measure")
    parser.add_argument("--speed", type=int, default=40_000, metavar="N", help="words of the mixed stream (0: none)")
    parser.add_argument("--readings", type=Path, default=Path("relevance-readings.jsonl"), help="remembers readings")
    options = parser.parse_args()
    data, readings = options.data, Readings(options.readings)
    banks = data / "treebanks"
    bank = {
        part: [
            *sample([*treebank(banks / f"de_gsd-ud-{part}.conllu", "de")], BANK),
            *sample([*treebank(banks / f"en_ewt-ud-{part}.conllu", "en")], BANK),
        ]
        for part in ("dev", "test")
    }
    ours = {language: own(language) for language in ("de", "en")}
    if options.fit:
        no = [*readings.without_events(bank["dev"]), *ours["de"][::2], *ours["en"][::2]]
        yes = [*gold(data / "gold/train"), *annotated(ROOT / "training/reports")]
        write(fit(yes, no, flashes(yes), flashes(no)))
        print(f"fitted on {len(yes)} relevant and {len(no)} irrelevant texts and their first sentences: {TABLE}")
        sys.exit()
    news = [Text(r["id"], "de", r["text"]) for f in ("train", "dev") for r in records(data / "quotes" / f"{f}.jsonl")]
    news = sample(news, NEWS)
    empty = readings.without_events(news)
    other = readings.without_events(bank["test"])
    unseen = [*ours["de"][1::2], *ours["en"][1::2]]
    lines = [
        "# The relevance filter, measured", "",
        f"Written by `python bench/relevance.py`; {machine()}. {len(vocabulary('de')):,} German and "
        f"{len(vocabulary('en')):,} English patterns, all from the lexicon.", "",
        "| texts | kept | |", "|---|---|---|",
        *(
            f"| annotated reports with an event, {name} | {share(kept(gold(path)))} |"
            for name, path in (
                ("gold/train (weights fitted on it)", data / "gold/train"), ("gold/dev", data / "gold/dev"),
                ("gold/dev-en", data / "gold/dev-en"), ("sample reports", ROOT / "examples/reports"),
            )
        ),
        f"| irrelevant, our own, not fitted on | {share(kept(unseen))} |",
        f"| other genres without an event, German (GSD test) | {share(kept([t for t in other if t.language == 'de']))} |",
        f"| other genres without an event, English (EWT test) | {share(kept([t for t in other if t.language == 'en']))} |",
        f"| mixed news in which the whole reading finds no event ({len(empty)} of {len(news)}) | {share(kept(empty))} |",
        f"| all mixed news | {share(kept(news))} |",
        "",
    ]  # fmt: skip
    if options.speed:
        yes = [*gold(data / "gold/dev"), *gold(data / "gold/dev-en")]
        lines += [*speed(yes, [*unseen, *empty, *other], options.speed), ""]
    (ROOT / "docs/relevance.md").write_text("\n".join(lines), "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
