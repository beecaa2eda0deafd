"""spacegraph: English news about space flight, read into an RDF knowledge graph.

>>> import spacegraph
>>> kg = spacegraph.build("NASA astronaut Ann Lee praised Zorvex.")  # doctest: +SKIP
>>> kg.facts  # doctest: +SKIP

Importing the package imports nothing heavy; each public name is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacegraph.version import __version__ as __version__

if TYPE_CHECKING:
    from spacegraph.api import build
    from spacegraph.errors import SpacegraphError
    from spacegraph.graph import KnowledgeGraph
    from spacegraph.llm import LanguageModel
    from spacegraph.model import Article, Entity, Evidence, Fact, Factuality, Literal
    from spacegraph.ontology import Ontology
    from spacegraph.rdf_ontology import load_ontology

__all__ = [
    "Article",
    "Entity",
    "Evidence",
    "Fact",
    "Factuality",
    "KnowledgeGraph",
    "LanguageModel",
    "Literal",
    "Ontology",
    "SpacegraphError",
    "build",
    "load_ontology",
]

_HOMES = {
    "Article": "spacegraph.model",
    "Entity": "spacegraph.model",
    "Evidence": "spacegraph.model",
    "Fact": "spacegraph.model",
    "Factuality": "spacegraph.model",
    "KnowledgeGraph": "spacegraph.knowledge_graph",
    "LanguageModel": "spacegraph.llm",
    "Literal": "spacegraph.model",
    "Ontology": "spacegraph.ontology",
    "SpacegraphError": "spacegraph.errors",
    "build": "spacegraph.api",
    "load_ontology": "spacegraph.rdf_ontology",
}


def load_ipython_extension(ipython: Any) -> None:
    """What ``%load_ext spacegraph`` calls: it adds the ``%%sparql`` cell magic."""
    from spacegraph.views.magic import load

    load(ipython)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module 'spacegraph' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
