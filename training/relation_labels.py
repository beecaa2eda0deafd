"""The texts by which relations are known: name, label, definition, in the many ways in which people write them.

The reader is to understand labels that it has not seen, so in training each relation is called by one of several texts at random.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from spacegraph.language.reader.labels import label_text, words_of

if TYPE_CHECKING:
    import random

    from spacegraph.language.reader.encoding import Pieces

ROOT = Path(__file__).resolve().parent.parent
#: name, other wordings, wordings of the other direction ("employs" for worksFor), each separated by "|": see the file.
WORDINGS = Path(__file__).resolve().parent / "wordings.tsv"


class LabelTexts:
    """The relations of the inventory and their texts, from the built-in ontology and :data:`WORDINGS`."""

    def __init__(self) -> None:
        from spacegraph.rdf_ontology import load_ontology

        ontology = load_ontology()
        self.relations: list[str] = []
        self._texts: list[list[str]] = []
        self._plain: list[str] = []
        #: What each relation is called the other way round; nothing for many.
        self.inverse: list[list[str]] = []
        for line in WORDINGS.read_text(encoding="utf-8").splitlines()[1:]:
            name, wordings, *inverse = line.split("\t")
            property_ = next(p for p in ontology.properties.values() if p.name == name)
            plain = label_text(property_.label, property_.definition, property_.domains, property_.ranges)
            others = [w.strip() for w in wordings.split("|") if w.strip()]
            texts = [
                plain, plain, property_.label, property_.definition,
                label_text(property_.label, "", property_.domains, property_.ranges),
                *others, *(f"{w}: {property_.definition}" for w in others),
            ]  # fmt: skip
            self.relations.append(name)
            self._plain.append(plain)
            self._texts.append([t for t in texts if t])
            self.inverse.append([w.strip() for w in "|".join(inverse).split("|") if w.strip()])

    def plain(self, n: int) -> str:
        """The text by which relation ``n`` is known at run time."""
        return self._plain[n]

    def text(self, n: int, rng: random.Random) -> str:
        """One of the texts of relation ``n``."""
        text = rng.choice(self._texts[n])
        if rng.random() < 0.1:
            text = re.sub(r"^[^:(]+", lambda m: "".join(w.capitalize() for w in m[0].split()), text)
            text = words_of(text)
        return text

    @staticmethod
    def encoded(texts: list[str], pieces: Pieces, limit: int = 28) -> tuple[torch.Tensor, torch.Tensor]:
        """Texts as pieces with a mask."""
        rows = []
        for text in texts:
            ids = [i for w in re.findall(r"\w+|[^\w\s]", text) for i in pieces.of(w)]
            rows.append([pieces.start, *ids[: limit - 2], pieces.end])
        length = max(map(len, rows))
        ids = torch.tensor([r + [pieces.padding] * (length - len(r)) for r in rows])
        mask = torch.tensor([[1] * len(r) + [0] * (length - len(r)) for r in rows])
        return ids, mask
