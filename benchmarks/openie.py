"""Turns propositions into the tuples of the open information extraction benchmarks CaRB and BenchIE.

The propositions are those that the graph is made of; only the wording of the tuples (where a preposition stands, which
lists are taken apart, what "has" and "is" stand for) follows each benchmark's habits.

    python benchmarks/openie.py carb --out /tmp/carb.tsv       # sentence, confidence, relation, argument ...
    python benchmarks/openie.py benchie --out /tmp/benchie.tsv # sentence's number, subject, relation, object

Then, from the folder that holds ``eval`` and ``data``:

    python -m eval.openie_carb --gold data/carb/dev.gold.tsv --pred /tmp/carb.tsv
    python -m eval.openie_benchie --gold data/benchie/dev.gold.txt --pred /tmp/benchie.tsv
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc

from spacegraph.gazetteer import Gazetteer
from spacegraph.language import annotations as layers
from spacegraph.language.mentions.component import MentionFinder
from spacegraph.language.parse.repair import repair
from spacegraph.language.pipeline import DEFAULT_MODEL, PACKAGED_MODEL
from spacegraph.language.propositions.component import find_propositions
from spacegraph.language.tokens import Tokens
from spacegraph.model import Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
#: The treebank's escapes, which the model has not seen.
PLAIN = {
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"',
}  # fmt: skip
#: How often tuples of a kind are right, roughly; CaRB ranks by it.
OWN_SUBJECT, CHAINED, SHARED_SUBJECT, UNDERSTOOD, APPOSITION, POSSESSION = 0.9, 0.8, 0.7, 0.6, 0.5, 0.4
_LOOSE = (",", ";", ":", "--", "-")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


@dataclass(frozen=True, slots=True)
class Extraction:
    """One tuple in words; ``confidence`` lies in 0 to 1."""

    subject: str
    relation: str
    arguments: tuple[str, ...]
    confidence: float


@dataclass(slots=True)
class Frame:
    """The slots of one verb, by token: what the tuples of either benchmark are worded from.

    ``adjuncts`` holds the prepositions before an argument and its head.
    """

    verb: int
    words: list[int]
    subjects: list[int]
    objects: list[int]
    adjuncts: list[tuple[tuple[int, ...], int]]
    confidence: float


class Exporter:
    """The tuples of one sentence; the two benchmarks word them differently.

    Args:
        doc: The sentence, with mentions.
        words: Its tokens as the benchmark writes them.
    """

    def __init__(self, doc: Doc, words: list[str]) -> None:
        self.t = repair(Tokens(doc))
        self.words = words
        self.propositions = find_propositions(doc, self.t)
        self.verbs = {p.head: p for p in self.propositions if p.kind is PropositionKind.VERB}

    def tuples(self) -> list[Extraction]:
        """The tuples of all propositions, each once."""
        found: dict[tuple[object, ...], Extraction] = {}
        for p in self.propositions:
            made = self.of_verb(p) if p.kind is PropositionKind.VERB else self.of_noun(p)
            for x in made:
                if x.subject and x.relation and any(x.arguments):
                    found.setdefault((x.subject, x.relation, x.arguments), x)
        return list(found.values())

    def word(self, frame: Frame) -> Iterator[Extraction]:
        """The tuples of one verb's frame."""
        raise NotImplementedError

    def of_noun(self, p: Proposition) -> Iterator[Extraction]:  # noqa: ARG002  (for those that have some)
        """The tuples of a noun's (or adjective's) proposition; none by default."""
        return iter(())

    # Phrases

    def text(self, tokens: list[int]) -> str:
        """Tokens as words, without loose punctuation at the ends."""
        t = self.t
        tokens = sorted(set(tokens))
        while tokens and t.text[tokens[0]] in (*_LOOSE, ")", "."):
            tokens.pop(0)
        while tokens and t.text[tokens[-1]] in (*_LOOSE, "(", ".") and t.pos[tokens[-1]] == "PUNCT":
            tokens.pop()
        return " ".join(self.words[i] for i in tokens)

    def subtree(self, head: int, *, alone: bool = False, skip: int = -1) -> list[int]:
        """The tokens of a phrase without clauses; ``alone`` leaves out what it is coordinated with."""
        t = self.t
        found = [head]
        for k in t.left[head] + t.right[head]:
            dep = t.dep[k]
            if k == skip or dep in ("relcl", "advcl") or (dep == "acl" and k > 0 and t.text[k - 1] == ","):
                continue
            if alone and (dep == "preconj" or (dep in ("conj", "cc") and k > head)):
                continue
            if alone and dep == "appos" and (k < head or not self._is_titled(head, k)):
                continue
            found += self.subtree(k, skip=skip)
        return found

    def _is_titled(self, title: int, name: int) -> bool:
        """Whether a name follows its title at once: "biographer Ann Lee"."""
        t = self.t
        first = min([name, *t.left[name]])
        return first == title + 1 and t.pos[name] == "PROPN"

    # Verbs

    def of_verb(self, p: Proposition) -> Iterator[Extraction]:
        """The tuples of a verb's proposition."""
        frame = self._frame(p)
        return self.word(frame) if frame is not None else iter(())

    def _frame(self, p: Proposition) -> Frame | None:
        v = p.head
        roles = {a.role for a in p.arguments}
        surface = "subj" if not p.passive else ("iobj" if "iobj" in roles else "obj")
        subjects = [a.head for a in p.arguments if a.role == surface]
        if not subjects:
            return None
        words, confidence = self._chain(p)
        objects: list[int] = []
        adjuncts: list[tuple[tuple[int, ...], int]] = []
        for a in p.arguments:
            if a.role == surface:
                continue
            if a.role in ("obj", "attr", "iobj"):
                objects.append(a.head)
            elif a.role == "comp":
                if a.head not in self.verbs or not self._is_chained(self.verbs[a.head]):
                    objects.append(a.head)
            elif a.head not in words:
                path = self._prepositions(v, a.head)
                if path or self.t.head[a.head] == v:
                    adjuncts.append((path, a.head))
        if not objects and not adjuncts:
            return None
        objects.sort()
        adjuncts.sort(key=lambda pair: pair[1])
        return Frame(v, words, subjects, objects, adjuncts, confidence)

    def _prepositions(self, v: int, head: int) -> tuple[int, ...]:
        """The prepositions between a verb and an argument; empty where it hangs elsewhere."""
        t = self.t
        node = head
        while t.dep[node] == "conj":
            node = t.head[node]
        path: list[int] = []
        for _ in range(4):
            node = t.head[node]
            if node == v:
                return tuple(path)
            if t.pos[node] not in ("ADP", "SCONJ", "PART", "ADV") or t.head[node] == node:
                break
            path.insert(0, node)
        return ()

    def _group(self, v: int) -> list[int]:
        """A verb with auxiliaries, negation, particles and adverbs beside it."""
        t = self.t
        found = [v]
        auxiliaries = 0
        for k in t.left[v] + t.right[v]:
            dep = t.dep[k]
            if dep in ("aux", "auxpass", "neg", "prt"):
                found.append(k)
                auxiliaries += dep != "prt"
            elif dep == "advmod" and k < v and not t.left[k] and not t.right[k] and self._beside(k, v):
                found.append(k)
        first = t.head[v]
        if not auxiliaries and t.dep[v] == "conj" and first in self.verbs and t.tag[v] == t.tag[first]:
            # "were built and tested": the auxiliary belongs to both.
            found += [k for k in t.left[first] if t.dep[k] in ("aux", "auxpass", "neg")]
        return found

    def _beside(self, k: int, v: int) -> bool:
        t = self.t
        return t.tag[k] != "WRB" and all(
            t.head[i] == v and t.dep[i] in ("aux", "auxpass", "neg", "advmod") for i in range(k + 1, v)
        )

    def _is_chained(self, p: Proposition) -> bool:
        """Whether a clause reads as one with its governor: "tries to win"."""
        t = self.t
        v = p.head
        governor = self.verbs.get(t.head[v])
        if governor is None or t.dep[v] not in ("xcomp", "ccomp"):
            return False
        if any(t.dep[k] in ("nsubj", "nsubjpass", "mark") for k in t.left[v]):
            return False
        own = {a.head for a in p.arguments if a.role in ("subj", "obj", "iobj") and a.head < v}
        its = {a.head for a in governor.arguments if a.role == ("obj" if governor.passive else "subj")}
        return bool(own & its)

    def _chain(self, p: Proposition) -> tuple[list[int], float]:
        """The words of the relation, and how sure it is."""
        t = self.t
        v = p.head
        words = self._group(v)
        if self._is_chained(p):
            return self._chain(self.verbs[t.head[v]])[0] + words, CHAINED
        if any(t.dep[k] in _SUBJECTS for k in t.left[v]):
            return words, OWN_SUBJECT
        return words, SHARED_SUBJECT if t.dep[v] in ("conj", "relcl", "acl") else UNDERSTOOD


class CarbExporter(Exporter):
    """The tuples of CaRB: all arguments of a verb together, lists of objects taken apart."""

    def word(self, frame: Frame) -> Iterator[Extraction]:
        """The tuples of one verb's frame."""
        verb = self.text(frame.words)
        grouped: dict[tuple[int, ...], list[int]] = {}
        for path, head in frame.adjuncts:
            grouped.setdefault(path or (head,), []).append(head)
        texts = {key: self._adjunct(key, heads) for key, heads in grouped.items()}
        main = next((key for key in grouped if key[0] > frame.verb), next(iter(grouped), ()))
        for subject in (self.phrase(s, self._clause_on(frame.verb, s)) for s in frame.subjects):
            if frame.objects:
                for head in frame.objects:
                    yield Extraction(subject, verb, (self.phrase(head), *texts.values()), frame.confidence)
                continue
            rest = tuple(text for key, text in texts.items() if key != main)
            if main[0] > frame.verb and grouped[main] != [main[0]]:
                relation = f"{verb} {' '.join(self.words[i] for i in main)}"
                for head in grouped[main]:
                    yield Extraction(subject, relation, (self.phrase(head), *rest), frame.confidence)
            else:
                yield Extraction(subject, verb, (texts[main], *rest), frame.confidence)

    def _clause_on(self, verb: int, noun: int) -> int:
        """The clause that hangs on ``noun`` and holds ``verb``, or -1: it is no part of its own subject."""
        t = self.t
        while t.head[verb] not in (verb, noun):
            verb = t.head[verb]
        return verb if t.head[verb] == noun else -1

    def phrase(self, head: int, skip: int = -1) -> str:
        """The words of a phrase, without those that it is coordinated with."""
        return self.text(self.subtree(head, alone=True, skip=skip))

    def _adjunct(self, key: tuple[int, ...], heads: list[int]) -> str:
        own = [] if heads == [key[0]] else [self.words[i] for i in key]
        return " ".join((*own, self.text(self.subtree(heads[0]))))

    def of_noun(self, p: Proposition) -> Iterator[Extraction]:
        """Appositions as "is", possessors as "has"."""
        t = self.t
        if p.kind is not PropositionKind.NOUN:
            return
        for a in p.arguments:
            if a.role == "ref" and a.head != p.head and t.dep[p.head] in ("appos", "conj"):
                yield Extraction(self.phrase(a.head), "is", (self.phrase(p.head),), APPOSITION)
            elif a.role == "poss" and t.head[a.head] == p.head and t.tag[a.head] != "PRP$":
                possessor = self.text([i for i in self.subtree(a.head) if t.dep[i] != "case"])
                yield Extraction(possessor, "has", (self.phrase(p.head, a.head),), POSSESSION)


class BenchieExporter(Exporter):
    """The tuples of BenchIE: three slots each, and what precedes the last argument stands in the relation."""

    def word(self, frame: Frame) -> Iterator[Extraction]:
        """The tuples of one verb's frame."""
        verb = self.text(frame.words)
        for subject in (self.phrase(s) for s in frame.subjects):
            for head in frame.objects:
                if self.t.pos[head] not in ("VERB", "AUX"):
                    yield Extraction(subject, verb, (self.phrase(head),), frame.confidence)
                elif self.t.dep[head] == "ccomp" and head > frame.verb:
                    clause = list(range(self.t.left_edge(head), self.t.right_edge(head) + 1))
                    yield Extraction(subject, verb, (self.text(clause),), frame.confidence)
            for front in [o for o in frame.objects if self.t.pos[o] not in ("VERB", "AUX")] or [-1]:
                middle = f"{verb} {self.phrase(front, genitive=False)}" if front >= 0 else verb
                inner = self._inner(front) if front >= 0 else []
                for path, head in frame.adjuncts + inner:
                    relation = " ".join((middle, *(self.words[i] for i in path)))
                    yield Extraction(subject, relation, (self.phrase(head),), frame.confidence)
                    longer = f"{relation} {self.phrase(head, genitive=False)}"
                    for (k,), innermost in self._inner(head):
                        last = (self.phrase(innermost),)
                        yield Extraction(subject, f"{longer} {self.words[k]}", last, frame.confidence)

    def _inner(self, noun: int) -> list[tuple[tuple[int, ...], int]]:
        """The prepositional phrases of a noun."""
        t = self.t
        return [
            ((k,), head)
            for k in t.right[noun]
            if t.dep[k] == "prep"
            for head in t.right[k]
            if t.dep[head] == "pobj"
        ]

    def phrase(self, head: int, *, genitive: bool = True) -> str:
        """A phrase with its genitive, unless told otherwise, and without other modifiers after it."""
        t = self.t
        if t.pos[head] in ("VERB", "AUX", "ADJ"):
            return self.text(self.subtree(head, alone=True))
        found = [head]
        for k in t.left[head]:
            if t.dep[k] not in ("preconj", "punct") or (t.dep[k] == "punct" and t.text[k] in ("-", '"')):
                found += self.subtree(k)
        for k in t.right[head]:
            if t.dep[k] == "appos" and self._is_titled(head, k):
                found += self.subtree(k, alone=True)
            elif genitive and (t.lower[k] == "of" or t.dep[k] in ("nummod", "case")):
                found += self.subtree(k)
        return self.text(found)


def read(nlp: Language, finder: MentionFinder, sentence: str) -> tuple[Doc, list[str]]:
    """A tokenised sentence as a ``Doc`` with mentions, and its tokens as they are written."""
    words = sentence.split()
    doc = nlp(Doc(nlp.vocab, words=[PLAIN.get(word, word) for word in words]))
    return finder(doc), words


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmark", choices=("carb", "benchie"))
    parser.add_argument("--out", type=Path, required=True, help="write the tuples here")
    options = parser.parse_args()
    layers.register()
    nlp = spacy.load(DEFAULT_MODEL if spacy.util.is_package(DEFAULT_MODEL) else PACKAGED_MODEL)
    finder = MentionFinder(Gazetteer())
    rows: list[str] = []
    if options.benchmark == "carb":
        for sentence in (SHARED / "carb" / "dev.txt").read_text(encoding="utf-8").splitlines():
            rows += [
                "\t".join((sentence, f"{x.confidence:.3f}", x.relation, x.subject, *x.arguments))
                for x in CarbExporter(*read(nlp, finder, sentence)).tuples()
            ]
    else:
        for line in (SHARED / "benchie" / "dev.sentences.tsv").read_text(encoding="utf-8").splitlines():
            number, sentence = line.split("\t", 1)
            rows += [
                "\t".join((number, x.subject, x.relation, *x.arguments))
                for x in BenchieExporter(*read(nlp, finder, sentence)).tuples()
            ]
    temporary = options.out.with_suffix(".part")
    temporary.write_text("\n".join(rows) + "\n", encoding="utf-8")
    temporary.replace(options.out)


if __name__ == "__main__":
    main()
