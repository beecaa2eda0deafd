"""The house: the rooms of ``src/spacegraph`` from the ground up, and what its imports say of them.

A room is a module or a package; what stands in a room may import its own room and those before it. All imports count:
late ones and those for type checking only, too. ``tests/test_layers.py`` fails where one runs upward or in a circle,
and ``tools/draw_house.py`` draws them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SRC = Path(__file__).resolve().parent.parent / "src"

#: The rooms from the ground up, each with what it is for. A module is in the room whose name is the longest part of its own.
ROOMS: Mapping[str, str] = {
    "version": "said once",
    "display": "where what draws values registers",
    "errors": "what goes wrong, in sentences",
    "memory": "how much of it a process may take",
    "writing": "files that are there wholly or not at all",
    "vocab": "the IRIs of the vocabularies in use",
    "iris": "names made into IRIs",
    "model": "the plain values that the stages hand on",
    "gazetteer": "the names and nouns that a domain knows",
    "read_text": "a text as it is read",
    "ontology": "classes and properties",
    "rdf_files": "RDF files of elsewhere, within limits",
    "rdf_ontology": "Turtle and other RDF into an ontology",
    "lexicon": "how English expresses properties",
    "sources": "files, pages and streams into articles",
    "language.tokens": "a snapshot of a document's tokens",
    "language.annotations": "what the stages leave on a document",
    "language.english": "what English words are",
    "language.tuning": "what is done to spaCy's own pipeline",
    "language.parse": "mended trees",
    "language.values": "dates, times and amounts",
    "language.reader": "the trained reader of mentions and relations",
    "language.mentions": "names, nominals and pronouns, with their types",
    "language.quotations": "who says what",
    "language.coreference": "which mentions are one thing",
    "language.factuality": "how it is put, and by whom",
    "language.propositions": "who did what to whom, and when",
    "language": "the pipeline of all of these",
    "mapping": "propositions and relations into facts",
    "llm": "what a language model reads, held to the text",
    "learning": "lexicons and clues from examples",
    "reading": "articles into facts, all stages in one",
    "graph.rdf": "statements with their provenance as RDF",
    "graph.query": "SPARQL, named questions and answers",
    "graph.stores": "where graphs are kept",
    "graph.graph": "a store, what it says, and answers",
    "graph.operations": "rules, checks, explanations",
    "graph.formats": "what other tools read",
    "views": "pages, pictures and displays",
    "knowledge_graph": "the graph that people hold in their hands",
    "graph.library": "many articles in one store",
    "graph": "the door to the rooms of a graph",
    "api": "build and its options",
    "corpus": "many articles",
    "server": "a graph over HTTP",
    "mcp": "a graph as a tool of agents",
    "cli": "the command line",
    "__main__": "python -m spacegraph",
}


class Edge(NamedTuple):
    """One module imports another."""

    importer: str
    imported: str

    def __str__(self) -> str:
        return f"{self.importer} -> {self.imported}"


@dataclass(frozen=True)
class House:
    """A package as its imports show it.

    Args:
        package: Its name.
        rooms: Its rooms from the ground up, without the package's name; the package's own ``__init__`` is the roof.
        edges: Which module imports which.
        modules: All modules.
    """

    package: str
    rooms: Sequence[str]
    edges: frozenset[Edge] = field(repr=False)
    modules: frozenset[str] = field(repr=False)

    def room(self, module: str) -> str | None:
        """The room of a module; None where it has none."""
        if module == self.package:
            return self.package
        inside = module.removeprefix(f"{self.package}.")
        found = [room for room in self.rooms if f"{inside}.".startswith(f"{room}.")]
        return max(found, key=len, default=None)

    @property
    def homeless(self) -> set[str]:
        """Modules that stand in no room."""
        return {module for module in self.modules if self.room(module) is None}

    @property
    def upward(self) -> set[Edge]:
        """Imports of a room that stands higher."""
        height: dict[str | None, int] = {room: i for i, room in enumerate((*self.rooms, self.package))}
        return {
            edge
            for edge in self.edges
            if height.get(self.room(edge.importer), 0) < height.get(self.room(edge.imported), 0)
        }

    @property
    def circles(self) -> set[frozenset[str]]:
        """The largest sets of modules of one room in which each leads to each, by way of that room alone."""
        within = [edge for edge in self.edges if self.room(edge.importer) == self.room(edge.imported)]
        return {
            frozenset(circle)
            for circle in nx.strongly_connected_components(nx.DiGraph(within))
            if len(circle) > 1
        }


def read_house(src: Path = SRC, package: str = "spacegraph", rooms: Sequence[str] = tuple(ROOMS)) -> House:
    """Read the imports of a package from its files; nothing is imported.

    Args:
        src: The folder that holds the package.
        package: The package's name.
        rooms: Its rooms from the ground up, without the package's name.
    """
    files = {_name(path, src): path for path in sorted((src / package).rglob("*.py"))}
    edges = {
        Edge(module, target)
        for module, path in files.items()
        for imported in _imported(ast.parse(path.read_text("utf-8")), module, path.name == "__init__.py")
        if (target := _module(imported, files)) is not None and target != module
    }
    return House(package, rooms, frozenset(edges), frozenset(files))


def _name(path: Path, src: Path) -> str:
    parts = path.relative_to(src).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(tree: ast.Module, module: str, is_package: bool) -> Iterator[str]:
    """What is imported anywhere in a module, in full: ``from a import b`` is ``a.b``, whatever ``b`` is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = node.module or ""
            if node.level:
                up = module.split(".")[: None if node.level == 1 and is_package else is_package - node.level]
                home = ".".join([*up, *filter(None, [home])])
            yield from (f"{home}.{alias.name}" for alias in node.names)


def _module(imported: str, files: Mapping[str, Path]) -> str | None:
    """The module that an import reads: itself, or the one that defines the name."""
    home = imported.rpartition(".")[0]
    return next((name for name in (imported, home) if name in files), None)
