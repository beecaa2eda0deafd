"""What words say about the deeds that they govern: "failed to", "plans for", "denied that".

The table, ``cues.tsv``, explains itself in its first lines. Each row pairs what follows where
the word holds with what follows where it is negated, as the implication signatures of Karttunen do ("Implicative
verbs", Language 47, 1971; Nairn, Condoravdi and Karttunen, "Computing relative polarity for textual inference",
ICoS-5, 2006). Plans, reports and their sources stand beside them, after FactBank (Saurí and Pustejovsky,
"FactBank: a corpus annotated with event factuality", Language Resources and Evaluation 43, 2009).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

__all__ = ["Cue", "Effect", "cue", "cue_words"]

_TABLE = "cues.tsv"


class Effect(NamedTuple):
    """What is so of the governed deed.

    ``status`` is one of ``+`` (as the word itself), ``-`` (it is not so), ``?`` (open), ``>`` (planned),
    ``=`` (presupposed); ``source`` is ``"`` (the word's subject says so), ``~`` (somebody says so) or ``""``.
    """

    status: str
    source: str


class Cue(NamedTuple):
    """One word in one frame: what it does where it holds, and where it is negated."""

    yes: Effect
    no: Effect
    certainty: float


def cue(word: str, word_class: str, *frames: str) -> Cue | None:
    """The entry of a lemma in the first of these frames that it has, else None.

    Args:
        word: A lemma in lower case, a verb's particle after a space.
        word_class: ``V``, ``N`` or ``A``.
        frames: ``that``, ``wh``, ``to``, ``oto``, ``ing``, ``np`` or ``pp``.
    """
    table = _table()
    for frame in frames:
        found = table.get((word, word_class, frame))
        if found is not None:
            return found
    return None


@cache
def cue_words(word_class: str) -> frozenset[str]:
    """All words of a class that govern in some frame."""
    return frozenset(word for word, kind, _ in _table() if kind == word_class)


@cache
def _table() -> dict[tuple[str, str, str], Cue]:
    table: dict[tuple[str, str, str], Cue] = {}
    text = resources.files("spacegraph.language.english").joinpath(_TABLE).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        words, word_class, frames, yes, no, *sure = line.split("\t")
        entry = Cue(_effect(yes), _effect(no), float(sure[0]) if sure else 1.0)
        for word in words.split("|"):
            for frame in frames.split(","):
                # The first row that has a word in a frame holds.
                table.setdefault((word, word_class, frame), entry)
    return table


def _effect(code: str) -> Effect:
    source = code[0] if code[0] in '"~' else ""
    return Effect(code[len(source) :] or "+", source)
