"""Says why a finding was made: its words, the tree around them, the lexicon entries and the head's scores."""

from __future__ import annotations

from lagebild.model import Event, Finding, Report


def explain(report: Report, finding_id: str) -> str:
    """The reasons for one finding of a report that was just read, as text. Raises KeyError for an unknown id."""
    finding = next((f for f in report.findings if f.id == finding_id), None)
    if finding is None:
        raise KeyError(finding_id)
    lines = [
        _headline(finding),
        "",
        f"  words   «{finding.evidence}»",
        f"  trigger «{finding.trigger}» at {finding.trigger_span}",
    ]
    if finding.confidence is not None:
        lines.append(f"  confidence {finding.confidence:.2f}")
    for kind, title in (
        ("tree", "the tree"),
        ("lexicon", "lexicon entries"),
        ("head", "the learned head"),
        ("learned", "learned weights of traits"),
        ("rule", "rules"),
    ):
        rows = [b for b in finding.because if b.kind == kind]
        if rows:
            lines += ["", title + ":"]
            lines += [f"  {b.source}" + (f"  ({b.note})" if b.note else "") for b in rows]
    return "\n".join(lines) + "\n"


def _headline(finding: Finding) -> str:
    if isinstance(finding, Event):
        mode = f"/{finding.mode}" if finding.mode else ""
        return f"{finding.id}: {finding.type}{mode}, {finding.status}"
    return f"{finding.id}: figure {finding.measure} {finding.precision} {finding.value:g}"
