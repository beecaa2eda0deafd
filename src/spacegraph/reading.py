"""The reader: one loaded pipeline, ontology and lexicon that turn articles into facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from spacegraph.llm import LanguageModel, Report
    from spacegraph.llm.asking import ModelReader
    from spacegraph.model import Article, Entity, Fact
    from spacegraph.ontology import Ontology

__all__ = ["Reader", "load_reader"]

#: The name of a language model among the readers.
LLM = "llm"

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
    #: A language model that reads, too.
    llm: ModelReader | None = None

    def docs(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """The articles as annotated ``Doc`` objects, in their order."""
        return read(self.nlp, articles)

    def facts(self, doc: Doc, article: Article) -> tuple[Fact, ...]:
        """The facts of one article that :meth:`docs` has read."""
        ((_, _, facts, _),) = self._read([article], [doc])
        return facts

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
        for batch in _batches(articles):
            yield from self._read(batch, read(self.nlp, batch))

    def _read(
        self, articles: Sequence[Article], docs: Iterable[Doc]
    ) -> Iterator[tuple[Article, Doc, tuple[Fact, ...], tuple[Entity, ...]]]:
        mapper = self._mapper()
        if self.llm is None:
            for article, doc in zip(articles, docs, strict=True):
                yield article, doc, *mapper.read(doc, article)
            return
        # It is asked about all of them at once.
        read_docs = list(docs)
        for article, doc, claims in zip(
            articles, read_docs, self.llm.claims(read_docs, articles), strict=True
        ):
            found = mapper.read(doc, article, claims)
            self.llm.became(claims)
            yield article, doc, *found

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
    llm: LanguageModel | None = None,
    on_llm: Callable[[Report], None] | None = None,
    strict_llm: bool = False,
) -> Reader:
    """Load (once a process) what reading needs.

    Args:
        model: spaCy model: a package's name or a folder; None is the one that spacegraph installs.
        ontology: Ontology file or folder; None is the built-in one.
        lexicon: Lexicon file; None is the built-in one.
        readers: Who reads relations: "rules" (the lexicon), "reader" (the trained model), "llm" (a language
            model), or several; None is all that there are.
        llm: The language model; nothing is sent anywhere without.
        on_llm: Called with what came of it, after each piece of an article.
        strict_llm: Whether an article of which the language model left a piece unread is an error.

    Raises:
        ConfigError: A reader that is none of these, or none at all, or "llm" without a language model or the other way round.
        LanguageModelError: The language model cannot be used.
        ReaderModelError: The trained reader's model cannot be loaded.
        ModelNotInstalledError: spaCy does not find the model.
        OntologyError: A file of the ontology or lexicon cannot be used.
    """
    every = (*READERS, LLM)
    given = set(every if llm else READERS) if readers is None else set(readers)
    if unknown := sorted(given - set(every)):
        msg = f"There is no reader {unknown[0]!r}; there are: {', '.join(every)}."
        raise ConfigError(msg)
    if not given:
        msg = f"Nobody would read: name at least one of {', '.join(every)}."
        raise ConfigError(msg)
    if LLM in given and llm is None:
        msg = "The reader 'llm' needs to know which language model: --llm URL --llm-model NAME."
        raise ConfigError(msg)
    if llm is not None and LLM not in given:
        msg = f"A language model is named, but only {', '.join(sorted(given))} would read: put llm into --with, or leave --llm out."
        raise ConfigError(msg)
    chosen = tuple(r for r in READERS if r in given)
    reader = _load(
        model or DEFAULT_MODEL,
        str(ontology) if ontology else None,
        str(lexicon) if lexicon else None,
        chosen,
        tuple(change_time(path) for path in (ontology, lexicon) if path),
    )
    if llm is None:
        return reader
    from spacegraph.llm.asking import ModelReader

    asked = ModelReader(llm, reader.ontology, on_report=on_llm, strict=strict_llm)
    # What a graph says of the run that made it names both.
    return replace(reader, llm=asked, model=f"{reader.model}, {asked.rule}")


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
