"""What produced the statements of a graph."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.graph.rdf.vocabulary import reading_iri
from spacegraph.version import __version__

if TYPE_CHECKING:
    from spacegraph.ontology import Ontology

__all__ = ["Run", "current_run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What produced the statements of a graph; no clock in it, so that the same input gives the same bytes.

    ``version`` is that of spacegraph, ``model`` the name of the spaCy model, ``ontology`` the IRI of its version.
    """

    version: str = ""
    model: str = ""
    ontology: str = ""

    def iri(self, doc_id: str) -> str:
        """The reading of one article; the same for the same software, model and ontology."""
        key = f"{self.version}\x1f{self.model}\x1f{self.ontology}"
        return reading_iri(doc_id, hashlib.sha256(key.encode()).hexdigest()[:12])


def current_run(model: str = "", ontology: Ontology | str | None = None) -> Run:
    """A run of this version of the software; an ontology with an IRI of its own for each version is named by that."""
    iri = ontology if isinstance(ontology, str) else getattr(ontology, "version_iri", "")
    return Run(version=__version__, model=model, ontology=iri or "")
