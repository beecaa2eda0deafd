"""The tables of a data set: their columns, and an article's rows in each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from spacegraph.graph.formats.tables import fact_columns, facts_schema
from spacegraph.graph.library.stored_article import article_contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa
    from spacy.tokens import Doc

    from spacegraph.model import Article, Entity, Fact
    from spacegraph.ontology import Ontology

__all__ = ["LAYOUT", "TABLES", "Rows", "schemas", "signature"]

#: The form of the data set; a later one says how to come from this.
LAYOUT = 1
#: The tables, in the order in which a shard's files come; the last one says that the shard is whole.
TABLES = ("facts", "entities", "mentions", "errors", "articles")
#: Values of a signature, and the seed that they depend on: signatures are compared across data sets.
PERMUTATIONS, SEED = 128, 1
#: Words of a shingle: two articles of one event share few of that length, two copies most.
SHINGLE = 4
_WORD = re.compile(r"\w+")


def schemas() -> dict[str, pa.Schema]:
    """Table -> its columns; ``docs/corpus.md`` says what is in them."""
    import pyarrow as pa

    text = pa.string()
    return {
        "facts": facts_schema(),
        "entities": pa.schema(
            [
                ("doc_id", text), ("iri", text), ("label", text), ("type", text), ("type_iri", text),
                ("aliases", pa.list_(text)), ("same_as", pa.list_(text)),
            ]
        ),
        "mentions": pa.schema(
            [
                ("doc_id", text), ("start", pa.int64()), ("end", pa.int64()), ("text", text), ("kind", text),
                ("type", text), ("cls", text), ("norm", text), ("unit", text), ("cluster", pa.int64()),
                ("entity_iri", text),
            ]
        ),
        "errors": pa.schema(
            [("doc_id", text), ("input", text), ("kind", text), ("error", text), ("message", text)]
        ),
        "articles": pa.schema(
            [
                ("doc_id", text), ("title", text), ("published", pa.date32()), ("url", text), ("source", text),
                ("input", text), ("text", text), ("signature", pa.list_(pa.int64())),
            ]
        ),
    }  # fmt: skip


def signature(text: str) -> list[int]:
    """The MinHash of a text's shingles: near-duplicates agree in most of its values."""
    from rensa import RMinHash

    words = _WORD.findall(text.lower())
    minhash = RMinHash(PERMUTATIONS, SEED)
    minhash.update([" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))])
    values: list[int] = minhash.digest()
    return values


@dataclass(slots=True)
class Rows:
    """Rows of all tables, as they come."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add_error(self, doc_id: str, label: str, kind: str, error: str, message: str) -> None:
        """Add a document that was not read.

        Args:
            doc_id: Its identifier, "" where it has none.
            label: The input that it comes from.
            kind: ``refused`` (it is no article that can be read) or ``failed`` (reading it went wrong).
            error: The name of what went wrong: ``NotEnglishError``, ``timeout``, ``memory``, ``crash``, …
            message: A sentence about it.
        """
        self.tables["errors"].append(
            {"doc_id": doc_id, "input": label, "kind": kind, "error": error, "message": message}
        )

    def add_article(
        self,
        article: Article,
        facts: Iterable[Fact],
        entities: Iterable[Entity],
        doc: Doc | None,
        ontology: Ontology | None,
        *,
        label: str = "",
    ) -> None:
        """Add an article with what was read from it.

        Args:
            article: The article.
            facts: Its facts, which are brought into the form that a graph keeps.
            entities: Its named things.
            doc: The article as the pipeline read it, for its mentions; None leaves them out.
            ontology: What it was read by.
            label: The input that it comes from.
        """
        contents = article_contents(article, facts, entities)
        self.tables["facts"] += [
            fact_columns(fact, identifier)
            for fact, identifier in zip(contents.facts, contents.ids, strict=True)
        ]
        self.tables["entities"] += [
            {
                "doc_id": article.id, "iri": e.iri, "label": e.label, "type": e.type, "type_iri": e.type_iri,
                "aliases": e.aliases, "same_as": e.same_as,
            }
            for e in contents.entities.values()
        ]  # fmt: skip
        if doc is not None and ontology is not None:
            self.tables["mentions"] += _mentions(doc, article, ontology, contents.entities)
        self.tables["articles"].append(
            {
                "doc_id": article.id, "title": article.title, "published": article.published, "url": article.url,
                "source": article.source, "input": label, "text": article.text, "signature": signature(article.text),
            }
        )  # fmt: skip

    def arrow(self) -> dict[str, pa.Table]:
        """Table -> its rows as Arrow."""
        import pyarrow as pa

        return {
            name: pa.Table.from_pylist(self.tables[name], schema=schema) for name, schema in schemas().items()
        }


def _mentions(
    doc: Doc, article: Article, ontology: Ontology, things: Mapping[str, Entity]
) -> Iterable[dict[str, Any]]:
    from spacegraph.language.annotations import mentions
    from spacegraph.mapping.entities import Referents

    referents = Referents(doc, article, ontology)
    starts = {token.i: token.idx for token in doc}
    for index, mention in enumerate(mentions(doc)):
        cluster = referents.cluster_of.get(index, -1)
        found = None
        if cluster >= 0 and not referents.clusters[cluster].members:
            found = referents.entity(cluster)
        last = mention.end - 1
        start, end = starts[mention.start], starts[last] + len(doc[last])
        yield {
            "doc_id": article.id, "start": start, "end": end, "text": article.text[start:end],
            "kind": str(mention.kind), "type": mention.type, "cls": mention.cls, "norm": mention.norm,
            "unit": mention.unit, "cluster": cluster if cluster >= 0 else None,
            "entity_iri": found[0].iri if found and found[0].iri in things else None,
        }  # fmt: skip
