"""The grammar of time expressions: compiles the groups and rules of a language's `times.toml` into patterns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import regex

from lagebild.lexicon.loader import load, undisturbed
from lagebild.reading.numerals import numerals

_FLAGS = regex.V1
_WORD = regex.compile(r"['’]\d\w*|\w+", _FLAGS)
#: Letters that are looked at before the whole word, and of the next word.
_LETTERS = 2


@dataclass(frozen=True)
class Grammar:
    """One language's compiled patterns (one a rule) and word values; `guards` say for each rule what must (True) or must
    not (False) stand before a match; `openings` are the patterns without what they look back at, to tell words that can open
    an expression; `ahead` are lemmas of verbs whose time lies ahead («planen»), `meanwhile` conjunctions of the same time («als»),
    `phase` verbs that happen with their infinitive («beginnen»), `happening` words of appearing and taking place,
    `since` prepositions that open a time."""

    patterns: tuple[regex.Pattern[str], ...]
    openings: tuple[regex.Pattern[str], ...]
    rules: tuple[Mapping[str, Any], ...]
    groups: Mapping[str, tuple[tuple[regex.Pattern[str], Any], ...]]
    prefix: regex.Pattern[str]
    relations: tuple[str, ...]
    guards: tuple[tuple[regex.Pattern[str], bool] | None, ...]
    ahead: frozenset[str]
    meanwhile: frozenset[str]
    phase: frozenset[str]
    happening: frozenset[str]
    since: frozenset[str]
    language: str

    def look(self, group: str, text: str | None) -> Any:
        """The value that a group of the lexicon gives to a matched form."""
        if text:
            for pattern, value in self.groups.get(group, ()):
                if pattern.fullmatch(text):
                    return value
        return None

    def matches(self, text: str, start: int, end: int) -> Iterator[tuple[int, regex.Match[str]]]:
        """The expressions of a stretch of text with the number of their rule, the first in the lexicon's order, without
        overlaps."""
        for word in _WORD.finditer(text, start, end):
            begin = word.start()
            if begin < start or not _opened(self.language, word.group()):
                continue
            # The next letters leave few rules: «der» can begin many, «der Pr» none.
            for rule in _opened(self.language, text[begin : min(word.end() + 1 + _LETTERS, end)]):
                match = self.patterns[rule].match(text, begin, end)
                if match is not None:
                    if match.end() > begin:
                        start = match.end()
                        yield rule, match
                    break

    def allows(self, rule: int, text: str, start: int, end: int) -> bool:
        """Whether a rule may match at `end`, given the text of its sentence from `start` on."""
        guard = self.guards[rule]
        return guard is None or bool(guard[0].search(text, max(start, end - 40), end)) == guard[1]

    def number(self, text: str | None) -> float | None:
        return numerals(self.language).value(text) if text else None


def _form(form: str) -> str:
    return f"(?:{form})" if form[:1].isupper() or form.startswith("[") else f"(?i:{form})"


@lru_cache(maxsize=100_000)
def _opened(language: str, text: str) -> tuple[int, ...]:
    """The rules whose expressions can begin with this text; few words have any, and trying all rules at every word costs time."""
    openings = grammar(language).openings
    # What cannot begin with the first letters cannot begin with the text; those are soon known.
    rules = range(len(openings)) if len(text) <= _LETTERS else _opened(language, text[:_LETTERS])
    return tuple(rule for rule in rules if openings[rule].match(text, partial=True) is not None)


@lru_cache(maxsize=20_000)
def names_time(word: str, language: str) -> bool:
    """Whether a word is the name of a month or of a day of the week."""
    known = grammar(language)
    return any(known.look(group, word) is not None for group in ("month", "weekday"))


def _without_lookbehind(pattern: str) -> str:
    """The pattern without its (?<=…) and (?<!…)."""
    while (at := pattern.find("(?<=")) >= 0 or (at := pattern.find("(?<!")) >= 0:
        depth, end = 0, at
        while end < len(pattern):
            if pattern[end] == "\\":
                end += 2
                continue
            depth += (pattern[end] == "(") - (pattern[end] == ")")
            end += 1
            if depth == 0:
                break
        pattern = pattern[:at] + pattern[end:]
    return pattern


def _macros(groups: Mapping[str, list[tuple[str, Any]]], language: str) -> dict[str, str]:
    """What {name} stands for in the rules of every language: the words of a group, numbers, the parts of a date."""
    known = numerals(language)
    words = sorted(known.values, key=len, reverse=True)
    stems = "|".join(map(regex.escape, words)) or "(?!)"
    halves = "|".join(map(regex.escape, known.halves))
    macros = {
        name: f"(?P<{name}>{'|'.join(f for f, _ in sorted(forms, key=lambda x: -len(x[0])))})"
        for name, forms in groups.items()
    }
    if "weekday" in macros:  # the first of two in one rule («Nacht von Montag auf Dienstag»)
        macros["weekday1"] = macros["weekday"].replace("(?P<weekday>", "(?P<weekday1>")
    return macros | {
        "number": rf"(?P<number>\d{{1,4}}(?:[.,]5)?|(?i:(?:{stems}){{1,4}}(?:{halves})?))",
        "number1": rf"(?:\d{{1,4}}|(?i:(?:{stems}){{1,4}}))",
        "day": r"(?P<day>0?[1-9]|[12]\d|3[01])",
        "monthnum": r"(?P<monthnum>0?[1-9]|1[0-2])",
        "year": r"(?P<year>(?:1[0-9]|20)\d\d|['’]?\d\d(?![\d.:]))",
        "hour": r"(?P<hour>[01]?\d|2[0-4])",
        "minute": r"(?P<minute>[0-5]\d)",
    }


@cache
@undisturbed()
def grammar(language: str) -> Grammar:
    """The grammar of a language; a language without `times.toml` finds nothing."""
    table = load(language, "times")
    groups: dict[str, list[tuple[str, Any]]] = {}
    for word in table.get("word", ()):
        groups.setdefault(word["group"], []).extend((_form(form), word["value"]) for form in word["forms"])
    macros = _macros(groups, language) | table.get("patterns", {})
    rules = tuple(table.get("rule", ()))
    ahead, meanwhile, phase, happening = (
        frozenset(lemma for entry in table.get(name, ()) for lemma in entry["lemmas"])
        for name in ("ahead", "meanwhile", "phase", "happening")
    )
    parts = []
    for rule in rules:
        text = rule["pattern"]
        for _ in range(3):
            for name, macro in macros.items():
                text = text.replace("{" + name + "}", macro)
        if text[:1].islower() and not text.startswith("("):
            text = f"(?i:{text[0]}){text[1:]}"
        parts.append(f"(?:{text})")
    whole = r"(?<![\w]|[[:alpha:]]-){}(?!\w)(?!-[[:alpha:]]{{3}})"
    patterns = tuple(regex.compile(whole.format(part), _FLAGS) for part in parts)
    bare = [_without_lookbehind(part) for part in parts]
    prefixes = sorted(
        ((form, entry["relation"]) for entry in table.get("prefix", ()) for form in entry["forms"]),
        key=lambda pair: -len(pair[0]),
    )
    prefix = regex.compile(
        "(?<!\\w)(?:" + ("|".join(f"(?P<p{i}>(?i:{f}))" for i, (f, _) in enumerate(prefixes)) or "(?!)") + r")\s+$",
        _FLAGS,
    )
    compiled = {name: tuple((regex.compile(f, _FLAGS), v) for f, v in forms) for name, forms in groups.items()}
    guards = tuple(_guard(rule) for rule in rules)
    return Grammar(
        patterns,
        tuple(p if b == part else regex.compile(b, _FLAGS) for p, b, part in zip(patterns, bare, parts, strict=True)),
        rules,
        compiled,
        prefix,
        tuple(r for _, r in prefixes),
        guards,
        ahead,
        meanwhile,
        phase,
        happening,
        frozenset(f for f, relation in prefixes if relation == "since" and " " not in f),
        language,
    )


def _guard(rule: Mapping[str, Any]) -> tuple[regex.Pattern[str], bool] | None:
    text = rule.get("before") or rule.get("not_before")
    return (regex.compile(rf"(?:{text})\s+$", _FLAGS), "before" in rule) if text else None
