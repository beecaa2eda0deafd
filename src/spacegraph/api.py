"""The library in two calls: :func:`build` turns articles into a graph, :func:`read_facts` into facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacegraph.errors import SourceError
from spacegraph.model import Article
from spacegraph.sources import DEFAULT_MAX_CHARS, STDIN, SUFFIXES, article_from_text, read_articles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from spacegraph.graph import KnowledgeGraph
    from spacegraph.llm import LanguageModel, Report
    from spacegraph.model import Entity, Fact
    from spacegraph.reading import Reader

__all__ = ["Source", "build", "read_facts", "to_articles"]

#: What can be read: a text, a path, an article, or several of them.
Source = str | Path | Article


def build(
    source: Source | Iterable[Source],
    *,
    published: dt.date | None = None,
    model: str | None = None,
    ontology: str | Path | None = None,
    lexicon: str | Path | None = None,
    readers: Iterable[str] | None = None,
    llm: LanguageModel | None = None,
    on_llm: Callable[[Report], None] | None = None,
    encoding: str | None = None,
    any_language: bool = False,
    max_chars: int = DEFAULT_MAX_CHARS,
    on_error: Callable[[SourceError], None] | None = None,
) -> KnowledgeGraph:
    """Read articles into one knowledge graph.

    Of several articles, things of one name are told apart as a store does it that the articles are added to.

    >>> kg = build("Ann Lee, the head of Orbital Dynamics, criticized Bob Ray on Friday.")  # doctest: +SKIP
    >>> [(f.subject.label, f.relation, f.object.label) for f in kg.facts]  # doctest: +SKIP
    [('Ann Lee', 'criticized', 'Bob Ray'), ('Ann Lee', 'headOf', 'Orbital Dynamics')]

    Args:
        source: A text, the path of a file or folder, an :class:`~spacegraph.model.Article`, or several of these.
            A string is a path where such a file exists or it looks like one ("news/today.txt"), else a text.
        published: The day of publication for articles that do not tell theirs; dates such as "last week" count
            from it.
        model: A spaCy package or folder; None is the model that spacegraph installs.
        ontology: A Turtle file or folder to read by; None is the built-in one.
        lexicon: A lexicon (Turtle); None is the built-in one, or what follows from ``ontology`` alone.
        readers: Who reads relations: "rules" (the lexicon), "reader" (the trained model), "llm" (a language
            model), or several; None is all that there are.
        llm: A language model that reads, too (:class:`spacegraph.LanguageModel`); nothing is sent anywhere without.
        on_llm: Called with what came of the language model (:class:`spacegraph.llm.Report`) after each piece of an
            article; where it is None, what it left unread is a :class:`UserWarning`.
        encoding: The encoding of text and HTML files; None finds it out.
        any_language: Read texts that do not look English, too.
        max_chars: Longest article to read, in characters.
        on_error: Called with the error of each article that cannot be read, in place of raising it; the others are
            read.

    Raises:
        SourceError: An article cannot be read, and ``on_error`` is None.
        ModelNotInstalledError: spaCy does not find the model.
        OntologyError: The ontology or lexicon cannot be used.
        LanguageModelError: The language model cannot be used at all.
        ReaderModelError: The trained reader's model is missing or damaged; ``readers=("rules",)`` reads without it.
    """
    from spacegraph.graph import KnowledgeGraph
    from spacegraph.graph.library.identity import Identity
    from spacegraph.graph.library.joined import joined
    from spacegraph.reading import load_reader

    articles = list(
        to_articles(
            source,
            published=published,
            encoding=encoding,
            any_language=any_language,
            max_chars=max_chars,
            on_error=on_error,
        )
    )
    reader = load_reader(
        model=model, ontology=ontology, lexicon=lexicon, readers=readers, llm=llm, on_llm=on_llm
    )
    readings = [(article.id, found, things) for article, found, things in reader.read(articles)]
    facts: list[Fact] = []
    entities: list[Entity] = []
    for _, found, things in joined(readings, Identity.of(reader.ontology)):
        facts.extend(found)
        entities.extend(things)
    if on_llm is None:
        _warn(reader)
    return KnowledgeGraph.from_facts(
        facts, articles=articles, entities=entities, model=reader.model, ontology=reader.ontology
    )


def read_facts(
    source: Source | Iterable[Source],
    *,
    published: dt.date | None = None,
    model: str | None = None,
    ontology: str | Path | None = None,
    lexicon: str | Path | None = None,
    readers: Iterable[str] | None = None,
    llm: LanguageModel | None = None,
    on_llm: Callable[[Report], None] | None = None,
    encoding: str | None = None,
    any_language: bool = False,
    max_chars: int = DEFAULT_MAX_CHARS,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[tuple[Article, tuple[Fact, ...]]]:
    """Read articles one at a time, in bounded memory: each with its facts in the order of their evidence.

    The arguments and errors are those of :func:`build`.
    """
    from spacegraph.reading import load_reader

    reader = load_reader(
        model=model, ontology=ontology, lexicon=lexicon, readers=readers, llm=llm, on_llm=on_llm
    )
    articles = to_articles(
        source,
        published=published,
        encoding=encoding,
        any_language=any_language,
        max_chars=max_chars,
        on_error=on_error,
    )
    for article, facts, _ in reader.read(articles):
        yield article, facts
    if on_llm is None:
        _warn(reader)


def _warn(reader: Reader) -> None:
    """Tell of what a language model left unread."""
    import warnings

    report = reader.llm.report if reader.llm else None
    if report is not None and (report.failures or report.unasked):
        warnings.warn(" ".join((*report.lines(), *report.problems())), UserWarning, stacklevel=3)


def to_articles(
    source: Source | Iterable[Source],
    *,
    published: dt.date | None = None,
    encoding: str | None = None,
    any_language: bool = False,
    max_chars: int = DEFAULT_MAX_CHARS,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[Article]:
    """The articles that a text, a path, an article or several of these hold.

    Texts get the ids "text", "text-2", … in their order.

    Raises:
        SourceError: One of them cannot be read, and ``on_error`` is None.
    """
    # What callers without types pass is checked too.
    items: list[Any] = [source] if isinstance(source, (str, Path, Article)) else list(source)
    texts = 0
    resolved: list[str | Path | Article] = []
    for item in items:
        if isinstance(item, str) and not _is_path(item):
            texts += 1
            try:
                made = article_from_text(
                    item,
                    id="text" if texts == 1 else f"text-{texts}",
                    published=published,
                    any_language=any_language,
                    max_chars=max_chars,
                )
            except SourceError as error:
                if on_error is None:
                    raise
                on_error(error)
            else:
                resolved.append(made)
        elif isinstance(item, (str, Path, Article)):
            resolved.append(item)
        else:
            msg = f"An article is a text, a path or an Article; {type(item).__name__} is none of them."
            raise SourceError(msg)
    yield from read_articles(
        resolved,
        published=published,
        encoding=encoding,
        any_language=any_language,
        max_chars=max_chars,
        on_error=on_error,
    )


def _is_path(text: str) -> bool:
    """Whether a string names a file rather than being the text of an article."""
    if text == STDIN:
        return True
    if not text.strip() or "\n" in text or len(text) > 1024 or "\0" in text:
        return False
    try:
        if Path(text).exists():
            return True
    except OSError:
        return False
    name = text.lower().removesuffix(".gz")
    # "today.txt" is a file that is missing; "It flew on Friday. See today.txt" is a text.
    return name.endswith(tuple(SUFFIXES)) and (" " not in text or "/" in text)
