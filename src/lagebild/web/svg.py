"""Builds SVG out of escaped parts; colours come from the style sheet by class, so light, dark and print are its matter."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def el(name: str, *children: Markup | str, **attributes: str | float | None) -> Markup:
    """An element. Underscores in names of attributes are hyphens, `class_` is class; None leaves an attribute out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>") + join(children) + Markup(f"</{name}>")


def join(parts: Iterable[Markup | str]) -> Markup:
    return Markup("").join(parts)


def link(href: str | None, *children: Markup | str) -> Markup:
    """The children as a link, or as they are."""
    return el("a", *children, href=href) if href else join(children)


def chart(
    width: float, height: float, label: str, *children: Markup | str, class_: str = "chart", stretch: bool = False
) -> Markup:
    """The outermost element; `label` says what is to be seen. `stretch`: fills its box, whatever the proportions."""
    box = f"0 0 {_short(width)} {_short(height)}"
    ratio = "none" if stretch else None
    return el("svg", *children, class_=class_, viewBox=box, preserveAspectRatio=ratio, role="group", aria_label=label)


def text(x: float, y: float, words: str, class_: str | None = None, anchor: str | None = None) -> Markup:
    return el("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def _short(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.1f}".rstrip("0").rstrip(".")
