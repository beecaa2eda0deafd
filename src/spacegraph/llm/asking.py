"""Articles to a language model and back: pieces, kept answers, a few questions at a time, within a budget."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from spacegraph.errors import LanguageModelError
from spacegraph.language import annotations as stored
from spacegraph.llm.answers import read_answer
from spacegraph.llm.cache import AnswerCache, key_of
from spacegraph.llm.client import SETTINGS, Client, NoAnswerError, require_client
from spacegraph.llm.grounding import ground
from spacegraph.llm.prompt import PROMPT_VERSION, messages, relations_for
from spacegraph.llm.settings import Report
from spacegraph.llm.threads import Askers
from spacegraph.llm.windows import windows
from spacegraph.mapping.by_claims import Claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc

    from spacegraph.llm.settings import LanguageModel
    from spacegraph.model import Article
    from spacegraph.ontology import Ontology

__all__ = ["ModelReader", "questions"]

#: Pieces in a row without an answer, after which no more are asked.
PATIENCE = 3
#: Characters of a token, about, where a server does not say what an answer cost.
_TOKEN = 4

Messages = list[dict[str, str]]


def questions(doc: Doc, article: Article, ontology: Ontology, most: int) -> list[tuple[Messages, list[int]]]:
    """What is asked about an article, piece by piece, each with the numbers of the sentences whose facts are wanted."""
    likely: dict[str, tuple[float, list[int]]] = {}
    for relation in stored.relations(doc):
        best, places = likely.setdefault(relation.property_iri, (0.0, []))
        likely[relation.property_iri] = max(best, relation.probability), places
    candidates = sorted(likely, key=lambda iri: (-likely[iri][0], iri))
    day = article.published.isoformat() if article.published else ""
    return [
        (
            messages(
                window.lines,
                relations_for(ontology, window.text, candidates),
                title=article.title,
                published=day,
            ),
            [n for n, _, before in window.lines if not before],
        )
        for window in windows(doc, most)
    ]


class ModelReader:
    """Reads articles by a language model.

    Args:
        model: Which one.
        ontology: The relations that there are.
        on_report: Called with the report after each piece of an article, and when facts have been made of all.
        strict: Whether an article of which a piece got no answer is refused.

    Raises:
        LanguageModelError: There is an endpoint, and its client is not installed.
    """

    def __init__(
        self,
        model: LanguageModel,
        ontology: Ontology,
        *,
        on_report: Callable[[Report], None] | None = None,
        strict: bool = False,
    ) -> None:
        self.model = model
        self.ontology = ontology
        self.report = Report()
        self.rule = f"llm:{model.name}/{PROMPT_VERSION}"
        self._on_report = on_report
        self._strict = strict
        self._cache = AnswerCache(model.folder)
        #: Open while articles are read.
        self._client: Client | None = None
        if model.url:
            require_client()
        self._lock = threading.Lock()
        self._reserved = self._in_a_row = 0

    def claims(self, docs: Sequence[Doc], articles: Sequence[Article]) -> Iterator[Claims]:
        """What the model claims of each article, grounded in its words.

        Raises:
            LanguageModelError: The endpoint cannot be used, an answer cannot be kept, or, where ``strict``, a piece got no answer.
        """
        asked = [
            questions(doc, article, self.ontology, self.model.window)
            for doc, article in zip(docs, articles, strict=True)
        ]
        self.report.windows += sum(map(len, asked))
        self._client = Client(self.model) if self.model.url else None
        pool = Askers(self.model.concurrency)
        try:
            futures = [[pool.submit(partial(self._answer, text)) for text, _ in pieces] for pieces in asked]
            for doc, pieces, answers in zip(docs, asked, futures, strict=True):
                found = []
                for (_, numbers), future in zip(pieces, answers, strict=True):
                    answer = future.result()
                    if self._on_report:
                        self._on_report(self.report)
                    if answer is None:
                        if self._strict:
                            raise LanguageModelError(self._why())
                        continue
                    told, broken, whole = read_answer(answer)
                    self.report.claimed += len(told) + broken
                    self.report.cut += not whole
                    self.report.drop("without the words or the relation that a fact needs", broken)
                    wanted = set(numbers)
                    here = [c for c in told if c.sentence in wanted]
                    self.report.drop("of a sentence that was not asked about", len(told) - len(here))
                    found += here
                yield Claims(tuple(ground(doc, found, self.ontology, self.report)), self.rule)
        finally:
            pool.close()
            if self._client is not None:
                self._client.close()
                self._client = None

    def became(self, claims: Claims) -> None:
        """Count what became facts of an article's claims."""
        self.report.kept += len(claims.kept)
        self.report.drop(
            "whose subject or object is no thing of the class that the relation asks for, or has no name that stands alone",
            len(claims.claimed) - len(claims.kept),
        )
        if self._on_report:
            self._on_report(self.report)

    def _why(self) -> str:
        report = self.report
        return report.failures[-1] if report.failures else f"A piece of it was not asked: {report.stopped}."

    def _answer(self, text: Messages) -> str | None:
        key = key_of(self.model.name, text, SETTINGS)
        kept = self._cache.get(key)
        if kept is not None:
            with self._lock:
                self.report.cached += 1
            return kept
        size = sum(len(m["content"]) for m in text) // _TOKEN
        if self._client is None or not self._may_ask(size):
            with self._lock:
                self.report.unasked += 1
                if self._client is None:
                    self.report.stopped = (
                        f"{self.model.folder} has no answer to them, and no endpoint was named"
                    )
            return None
        tokens = 0
        try:
            answer, tokens = self._client.ask(text)
        except NoAnswerError as error:
            with self._lock:
                self.report.failures.append(str(error))
                self._in_a_row += 1
                if error.nobody and not self.report.asked:
                    raise LanguageModelError(f"{error} Nothing was read by it.") from error
                if self._in_a_row >= PATIENCE:
                    self.report.stopped = f"the endpoint failed {PATIENCE} times in a row"
            return None
        finally:
            with self._lock:
                self._reserved -= size
                self.report.tokens += tokens
        with self._lock:
            self.report.asked += 1
            self._in_a_row = 0
            if not tokens:
                self.report.tokens += size + len(answer) // _TOKEN
        if read_answer(answer)[2] or read_answer(answer)[0]:
            # What holds nothing to read is asked again another time.
            self._cache.put(key, answer, model=self.model.name)
        return answer

    def _may_ask(self, size: int) -> bool:
        """Whether a question of about so many tokens may be asked yet; it is then set aside."""
        with self._lock:
            if self.report.stopped:
                return False
            budget = self.model.budget
            if budget is not None and self.report.tokens + self._reserved + size > budget:
                self.report.stopped = f"the budget of {budget:,} tokens (--llm-budget) is spent"
                return False
            self._reserved += size
            return True
