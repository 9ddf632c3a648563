"""Text to sentences, words, trees and names."""

from __future__ import annotations

from pathlib import Path

from lagebild.language.document import Analyser, Document, Entity, Sentence, Token

__all__ = ["Analyser", "Document", "Entity", "Sentence", "Token", "load_analyser"]


def load_analyser(weights: Path | None = None, threads: int = 1) -> Analyser:
    """The program's own analyser; `weights` is a directory (default: the package's own)."""
    from lagebild.language.analyser import NeuralAnalyser

    return NeuralAnalyser(weights, threads)
