"""Lists what the program depends on, with versions and licences; says which licence is none that we may ship with.

usage: python tools/dependencies.py [--extra NAME …] [--out docs/dependencies.md]

Everything that `pip install lagebild` brings, from pyproject.toml and the metadata of what is installed. Exit status 1 if a licence is
unknown or not in `KNOWN`. Known weak points are another matter: `make audit` asks pip-audit, which needs the network.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

#: Licences under which a dependency may stand, by words of how packages state them.
KNOWN = {
    "MIT": r"\bMIT\b|Expat",
    "BSD": r"\bBSD\b|BSD-\d",
    "Apache-2.0": r"Apache",
    "PSF": r"Python Software Foundation|\bPSF\b",
    "ISC": r"\bISC\b",
    "Zlib": r"\bzlib\b",
    "MPL-2.0": r"Mozilla Public License 2|MPL-2|MPL 2",
    "LGPL": r"LGPL|Lesser General Public",
    "Unlicense": r"Unlicense",
    "CC0": r"CC0",
}


ROOT = Path(__file__).resolve().parents[1]


def needed(extras: list[str]) -> dict[str, tuple[Distribution, set[str]]]:
    """All distributions that the program needs on this machine, with those that ask for each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    direct = [*project["dependencies"], *(line for e in extras for line in project["optional-dependencies"][e])]
    found: dict[str, tuple[Distribution, set[str]]] = {}
    waiting = [(r.name, frozenset(r.extras), project["name"]) for r in map(Requirement, direct)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted, with_extras, by = waiting.pop()
        key = re.sub(r"[-_.]+", "-", wanted).lower()
        try:
            have = found[key][0] if key in found else distribution(wanted)
        except PackageNotFoundError:
            print(f"{wanted}: needed by {by}, but not installed", file=sys.stderr)
            continue
        found.setdefault(key, (have, set()))[1].add(by)
        if (key, with_extras) in seen:
            continue
        seen.add((key, with_extras))
        for line in have.requires or []:
            requirement = Requirement(line)
            environments = [{**default_environment(), "extra": extra} for extra in ("", *with_extras)]
            if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
                waiting.append((requirement.name, frozenset(requirement.extras), have.metadata["Name"]))
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """The licence that a package states, as one of `KNOWN`; what it says itself if it is none of them."""
    data = package.metadata
    stated = [data.get("License-Expression") or "", *(data.get_all("Classifier") or [])]
    words = " ".join(s for s in stated if s and (not s.startswith("License") or "License" in s) and "::" not in s)
    words += " " + " ".join(s.rpartition("::")[2] for s in stated if s.startswith("License ::"))
    if not words.strip():
        words = (data.get("License") or "").strip().partition("\n")[0]
    kinds = [kind for kind, pattern in KNOWN.items() if re.search(pattern, words, re.IGNORECASE)]
    return " / ".join(kinds) or f"? {words.strip()[:60] or 'none stated'}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--extra", action="append", default=[], help="also what this extra brings")
    parser.add_argument("--out", type=Path, help="write a page instead of printing")
    args = parser.parse_args()
    found = needed(args.extra)
    rows = [
        (package.metadata["Name"], package.version, licence(package), ", ".join(sorted(by, key=str.lower)))
        for package, by in found.values()
    ]
    unknown = [row for row in rows if row[2].startswith("?")]
    lines = [
        "# Dependencies",
        "",
        f"Written by `make dependencies` ({datetime.now(UTC):%Y-%m-%d}): the {len(rows)} packages that the program needs, on "
        "Linux with the versions of that day. `make audit` looks for known weak points in them, which needs the network.",
        "",
        "| package | version | licence | needed by |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    if args.out:
        args.out.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        print("\n".join(lines[6:]))
    for row in unknown:
        print(f"{row[0]} {row[1]}: licence not known to be fit ({row[2][2:]}); look at it", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
