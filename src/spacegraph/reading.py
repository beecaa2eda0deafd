"""The reader: one loaded pipeline, ontology and lexicon that turn articles into facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from spacegraph.errors import ConfigError
from spacegraph.language.pipeline import DEFAULT_MODEL, READERS, load_pipeline, read
from spacegraph.language.reader.session import load_model
from spacegraph.lexicon import Lexicon, change_time, load_lexicon
from spacegraph.mapping import Mapper
from spacegraph.mapping.by_relations import Calibration
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from spacegraph.model import Article, Entity, Fact
    from spacegraph.ontology import Ontology

__all__ = ["Reader", "load_reader"]

#: Most articles, and about the most characters, that are in memory as spaCy documents at once.
BATCH = 16
BATCH_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles into facts; make one with :func:`load_reader`."""

    nlp: Language
    ontology: Ontology
    lexicon: Lexicon
    model: str
    #: Who reads relations: some of :data:`~spacegraph.language.pipeline.READERS`.
    readers: tuple[str, ...] = READERS

    def docs(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """The articles as annotated ``Doc`` objects, in their order."""
        return read(self.nlp, articles)

    def facts(self, doc: Doc, article: Article) -> tuple[Fact, ...]:
        """The facts of one article that :meth:`docs` has read."""
        return self._mapper().facts(doc, article)

    def entities(self, doc: Doc, article: Article) -> tuple[Entity, ...]:
        """The named things of one article, whether or not a fact speaks of them."""
        return self._mapper().entities(doc, article)

    def read(
        self, articles: Iterable[Article]
    ) -> Iterator[tuple[Article, tuple[Fact, ...], tuple[Entity, ...]]]:
        """Each article with its facts and its named things."""
        for article, _, facts, entities in self.read_docs(articles):
            yield article, facts, entities

    def read_docs(
        self, articles: Iterable[Article]
    ) -> Iterator[tuple[Article, Doc, tuple[Fact, ...], tuple[Entity, ...]]]:
        """As :meth:`read`, with the ``Doc`` of each article for those who want its mentions too."""
        mapper = self._mapper()
        for batch in _batches(articles):
            for article, doc in zip(batch, read(self.nlp, batch), strict=True):
                yield article, doc, *mapper.read(doc, article)

    def _mapper(self) -> Mapper:
        calibration = Calibration(load_model().card) if "reader" in self.readers else None
        clued = None
        if self.lexicon.clues or self.lexicon.label_cues:
            from spacegraph.learning.extraction import with_clued_facts

            clued = with_clued_facts
        return Mapper(
            self.ontology, self.lexicon, calibration=calibration, rules="rules" in self.readers, clued=clued
        )


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles by the handful: several at once is faster, all at once would fill the memory."""
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if len(batch) == BATCH or size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def load_reader(
    *,
    model: str | None = None,
    ontology: str | Path | None = None,
    lexicon: str | Path | None = None,
    readers: Iterable[str] | None = None,
) -> Reader:
    """Load (once a process) what reading needs.

    Args:
        model: spaCy model: a package's name or a folder; None is the one that spacegraph installs.
        ontology: Ontology file or folder; None is the built-in one.
        lexicon: Lexicon file; None is the built-in one.
        readers: Who reads relations: "rules" (the lexicon), "reader" (the trained model), or both, as None does.

    Raises:
        ConfigError: A reader that is none of these, or none at all.
        ReaderModelError: The trained reader's model cannot be loaded.
        ModelNotInstalledError: spaCy does not find the model.
        OntologyError: A file of the ontology or lexicon cannot be used.
    """
    chosen = tuple(READERS) if readers is None else tuple(r for r in READERS if r in set(readers))
    if unknown := sorted(set(readers or ()) - set(READERS)):
        msg = f"There is no reader {unknown[0]!r}; there are: {', '.join(READERS)}."
        raise ConfigError(msg)
    if not chosen:
        msg = f"Nobody would read: name at least one of {', '.join(READERS)}."
        raise ConfigError(msg)
    return _load(
        model or DEFAULT_MODEL,
        str(ontology) if ontology else None,
        str(lexicon) if lexicon else None,
        chosen,
        tuple(change_time(path) for path in (ontology, lexicon) if path),
    )


@lru_cache(maxsize=4)
def _load(
    model: str,
    ontology: str | None,
    lexicon: str | None,
    readers: tuple[str, ...],
    stamps: tuple[int, ...],  # noqa: ARG001  (a changed file is another one)
) -> Reader:
    return Reader(
        load_pipeline(model, ontology=ontology, trained="reader" in readers),
        _ontology(ontology),
        load_lexicon(lexicon) if lexicon else _default_lexicon(ontology),
        model,
        readers,
    )


def _ontology(path: str | None) -> Ontology:
    if path is None:
        return load_ontology()
    from spacegraph.learning.derive import with_value_ranges

    return with_value_ranges(load_ontology(path))


def _default_lexicon(ontology: str | None) -> Lexicon:
    """The built-in lexicon; for another ontology also what that ontology's own labels say."""
    if ontology is None:
        return load_lexicon()
    from spacegraph.learning.derive import derive_senses

    return load_lexicon().merged(Lexicon.from_senses(derive_senses(_ontology(ontology)), label_cues=True))
