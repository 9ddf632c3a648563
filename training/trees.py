"""Trees of our own (`trees/*.conllu`, CC BY 4.0): parses of German news sentences that were read and corrected word by word.

Sentences of our own reports stand there in full; those of the name data stand without their words (`_`, as is the custom where a text
is another's), with the comment `# sentence = FILE NUMBER`, which counts the sentences of `names/FILE` from 0.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from data import Example, iob, treebank, words_of

from lagebild.language.decode import cycle


def corrected(folder: Path, data: Path) -> list[Example]:
    """The sentences of all files of `folder`; those without words are left out where `data` has no such file."""
    found: list[Example] = []
    names: dict[str, list[Example]] = {}
    for path in sorted(folder.glob("*.conllu")):
        sources = [
            re.search(r"^# sentence = (\S+) (\d+)$", block, re.M)
            for block in path.read_text("utf-8").split("\n\n")
            if block.strip()
        ]
        for example, source in zip(treebank(path), sources, strict=True):
            example.source = "own-trees-de"
            if source is not None:
                file = data / "names" / source[1]
                if not file.is_file():
                    continue
                if source[1] not in names:
                    names[source[1]] = iob(file)
                _fill(example, names[source[1]][int(source[2])], f"{path.name}: {source[0]}")
            found.append(example)
    return found


def plain(example: Example) -> str:
    """The text of a sentence of which only words are known."""
    return "".join(form + " " * space for form, space in zip(example.forms, example.spaces, strict=True)).strip()


def _fill(example: Example, source: Example, where: str) -> None:
    """Puts the source's words, cut as the program cuts them, in the places of `_`."""
    words = [word for sentence in words_of(plain(source), "de") for word in sentence]
    if len(words) != len(example.forms):
        raise ValueError(f"{where} has {len(words)} words, the tree {len(example.forms)}")
    example.forms = [form for form, _ in words]
    example.spaces = [token.space_after for _, token in words]


def faults(path: Path) -> list[str]:
    """What is wrong with the trees of a file, each as «file, tree: what»."""
    found = []
    for number, example in enumerate(treebank(path), 1):
        where = f"{path.name}, tree {number} ({' '.join(example.forms[:4])} …)"
        heads = [head - 1 for head in example.heads]
        for word, (head, deprel) in enumerate(zip(heads, example.deprels, strict=True)):
            if not -1 <= head < len(heads) or head == word:
                found.append(f"{where}: word {word + 1} has the head {head + 1}")
            elif (head < 0) != (deprel == "root"):
                found.append(f"{where}: word {word + 1} is {deprel} of {head + 1}")
        if sum(head < 0 for head in heads) != 1:
            found.append(f"{where}: not one root")
        elif cycle([-1, *example.heads]) is not None:
            found.append(f"{where}: a cycle")
    return found


def main() -> int:
    """Checks all trees; given a data folder, also that sentences told by reference have as many words as their trees."""
    folder = Path(__file__).parent / "trees"
    files = sorted(folder.glob("*.conllu"))
    found = [fault for path in files for fault in faults(path)]
    if not found and sys.argv[1:] and Path(sys.argv[1]).is_dir():
        try:
            corrected(folder, Path(sys.argv[1]))
        except ValueError as error:
            found.append(str(error))
    print(
        "\n".join([*found, f"{sum(len(treebank(p)) for p in files)} trees in {len(files)} files, {len(found)} faults"])
    )
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
