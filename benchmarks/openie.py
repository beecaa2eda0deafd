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
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc

from spacegraph.language import annotations as layers
from spacegraph.language.gazetteer import Gazetteer
from spacegraph.language.mentions import MentionFinder
from spacegraph.language.parse_repair import repair
from spacegraph.language.pipeline import DEFAULT_MODEL, PACKAGED_MODEL
from spacegraph.language.propositions import find_propositions
from spacegraph.language.tokens import Tokens
from spacegraph.model import Proposition, PropositionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

    from spacegraph.model import Argument

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
#: The treebank's escapes, which the model has not seen.
PLAIN = {
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
    "``": '"',
    "''": '"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a benchmark writes its tuples."""

    distribute: bool = True
    relatives: bool = False
    binary: bool = False
    has: bool = True
    is_: bool = True


CARB = Habits()
BENCHIE = Habits(binary=True)


@dataclass(frozen=True, slots=True)
class Tuple_:
    subject: str
    relation: str
    arguments: tuple[str, ...]
    confidence: float


class Exporter:
    """The tuples of one sentence."""

    def __init__(self, doc: Doc, words: list[str], habits: Habits) -> None:
        self.t = repair(Tokens(doc))
        self.words = words
        self.habits = habits
        self.mentions = layers.mentions(doc)
        self.propositions = find_propositions(doc, self.t)
        self.verbs = {p.head: p for p in self.propositions if p.kind is PropositionKind.VERB}

    def tuples(self) -> list[Tuple_]:
        found: list[Tuple_] = []
        for p in self.propositions:
            if p.kind is PropositionKind.VERB:
                found += self.of_verb(p)
            elif p.kind is PropositionKind.NOUN:
                found += self.of_noun(p)
        unique: dict[tuple[object, ...], Tuple_] = {}
        for x in found:
            if x.subject and x.relation and any(x.arguments):
                unique.setdefault((x.subject, x.relation, x.arguments), x)
        return list(unique.values())

    # Phrases

    def text(self, tokens: list[int]) -> str:
        t = self.t
        tokens = sorted(set(tokens))
        while (
            tokens
            and t.pos[tokens[0]] in ("PUNCT", "SPACE")
            and t.text[tokens[0]] in (",", ";", ":", "--", "-", ")", ".")
        ):
            tokens.pop(0)
        while (
            tokens
            and t.pos[tokens[-1]] in ("PUNCT", "SPACE")
            and t.text[tokens[-1]] in (",", ";", ":", "--", "-", "(", ".")
        ):
            tokens.pop()
        return " ".join(self.words[i] for i in tokens)

    def subtree(self, head: int, *, alone: bool, skip: tuple[int, ...] = ()) -> list[int]:
        """The tokens of a phrase; ``alone`` leaves out what it is coordinated with, and loose modifiers."""
        t = self.t
        found = [head]
        for k in t.left[head] + t.right[head]:
            if k in skip:
                continue
            dep = t.dep[k]
            if alone and dep in ("conj", "cc", "preconj") and k > head:
                continue
            if alone and dep == "preconj":
                continue
            if dep in ("relcl", "advcl") and not self.habits.relatives:
                continue
            if dep == "appos" and alone:
                continue
            if dep == "acl" and k > 0 and t.text[k - 1] == ",":
                continue
            found += self.subtree(k, alone=False, skip=skip)
        return found

    def phrase(self, head: int, *skip: int) -> str:
        return self.text(self.subtree(head, alone=self.habits.distribute, skip=skip))

    # Verbs

    def group(self, v: int) -> list[int]:
        """A verb with auxiliaries, negation, particles and adverbs beside it."""
        t = self.t
        found = [v]
        for k in t.left[v] + t.right[v]:
            dep = t.dep[k]
            if dep in ("aux", "auxpass", "neg", "prt"):
                found.append(k)
            elif (
                dep == "advmod"
                and not t.left[k]
                and not t.right[k]
                and k < v
                and t.tag[k] != "WRB"
                and self._beside(k, v)
            ):
                found.append(k)
        if not any(t.dep[k] in ("aux", "auxpass") for k in t.left[v]) and t.dep[v] == "conj":
            first = t.head[v]
            if (
                t.pos[first] in ("VERB", "AUX")
                and t.tag[v] in ("VB", "VBN", "VBG")
                and not any(t.dep[k] in ("nsubj", "nsubjpass") for k in t.left[v])
            ):
                found += [
                    k
                    for k in self.group(first)
                    if t.dep[k] in ("aux", "auxpass", "neg") and t.head[k] == first
                ]
        return found

    def _beside(self, k: int, v: int) -> bool:
        t = self.t
        return all(
            t.head[i] == v and t.dep[i] in ("aux", "auxpass", "neg", "advmod") for i in range(k + 1, v)
        )

    def _preposition(self, v: int, head: int) -> list[int]:
        """The prepositions between a verb and an argument; empty where it hangs elsewhere."""
        t = self.t
        path: list[int] = []
        node = t.head[head]
        first = head
        while t.dep[first] == "conj":
            first = t.head[first]
            node = t.head[first]
        for _ in range(4):
            if node == v:
                return path
            if t.pos[node] not in ("ADP", "SCONJ", "PART", "ADV") or t.head[node] == node:
                return []
            path.insert(0, node)
            node = t.head[node]
        return []

    def of_verb(self, p: Proposition) -> Iterator[Tuple_]:
        t = self.t
        v = p.head
        surface = (
            "obj"
            if p.passive and not any(a.role == "iobj" for a in p.arguments)
            else ("iobj" if p.passive else "subj")
        )
        subjects = [a.head for a in p.arguments if a.role == surface]
        if not subjects:
            return
        chain, certainty = self._chain(p)
        relation = chain
        objects: list[int] = []
        others: list[tuple[list[int], int]] = []
        for a in p.arguments:
            head = a.head
            if head in subjects and a.role == surface:
                continue
            if a.role in ("obj", "attr", "iobj") and not (a.role == surface):
                objects.append(head)
            elif a.role == "comp":
                if head not in self.verbs or not self._is_chained(self.verbs[head]):
                    objects.append(head)
            elif a.role in ("time", "duration", "manner", "subj") or a.role.startswith("pp:"):
                if a.role == "manner" and head in relation:
                    continue
                path = self._preposition(v, head)
                if path or t.head[head] == v:
                    others.append((path, head))
        direct = [h for h in objects]
        if not direct and not others:
            return
        subject_texts = [self.phrase(s) for s in subjects]
        groups = sorted(direct)
        others_by_position = sorted(others, key=lambda x: x[1])
        yield from self._emit(subject_texts, relation, groups, others_by_position, v, certainty)

    def _emit(
        self,
        subjects: list[str],
        relation: list[int],
        direct: list[int],
        others: list[tuple[list[int], int]],
        v: int,
        certainty: float,
    ) -> Iterator[Tuple_]:
        """The tuples of CaRB: all arguments together, lists of objects taken apart."""
        verb = self.text(relation)
        adjuncts: dict[tuple[int, ...], list[int]] = {}
        for path, head in others:
            adjuncts.setdefault(tuple(path) or (head,), []).append(head)
        texts = {key: self._adjunct(key, heads) for key, heads in adjuncts.items()}
        for subject in subjects:
            if direct:
                for head in direct:
                    yield Tuple_(subject, verb, (self.phrase(head), *texts.values()), certainty)
                continue
            main = next((key for key in adjuncts if key[0] > v), next(iter(adjuncts)))
            rest = tuple(text for key, text in texts.items() if key != main)
            if main[0] > v and adjuncts[main] != [main[0]]:
                preposition = " ".join(self.words[i] for i in main)
                for head in adjuncts[main]:
                    yield Tuple_(subject, f"{verb} {preposition}", (self.phrase(head), *rest), certainty)
            else:
                yield Tuple_(subject, verb, (texts[main], *rest), certainty)

    def _adjunct(self, key: tuple[int, ...], heads: list[int]) -> str:
        own = [] if heads == [key[0]] else [self.words[i] for i in key]
        return " ".join((*own, self.text(self.subtree(heads[0], alone=False))))

    def _is_chained(self, p: Proposition) -> bool:
        """Whether a clause reads as one with its governor: "tries to win"."""
        t = self.t
        v = p.head
        if t.dep[v] not in ("xcomp", "ccomp") or t.pos[t.head[v]] not in ("VERB", "AUX"):
            return False
        if any(t.dep[k] in ("nsubj", "nsubjpass", "mark") for k in t.left[v]):
            return False
        governor = self.verbs.get(t.head[v])
        if governor is None:
            return False
        own = {a.head for a in p.arguments if a.role in ("subj", "obj", "iobj") and a.head < v}
        its = {a.head for a in governor.arguments if a.role == ("obj" if governor.passive else "subj")}
        return bool(own & its)

    def _chain(self, p: Proposition) -> tuple[list[int], float]:
        t = self.t
        v = p.head
        words = self.group(v)
        certainty = 0.9
        own = any(t.dep[k] in ("nsubj", "nsubjpass") for k in t.left[v])
        if not own:
            certainty = 0.7 if t.dep[v] in ("conj", "relcl", "acl") else 0.6
        if self._is_chained(p):
            more, _ = self._chain(self.verbs[t.head[v]])
            words = more + words
            certainty = 0.8
        return words, certainty

    # Nouns

    def of_noun(self, p: Proposition) -> Iterator[Tuple_]:
        t = self.t
        for a in p.arguments:
            if (
                a.role == "ref"
                and a.head != p.head
                and self.habits.is_
                and t.dep[p.head] in ("appos", "conj")
                and t.dep[p.head] != "attr"
            ):
                yield Tuple_(self.phrase(a.head), "is", (self.phrase(p.head),), 0.5)
            elif (
                a.role == "poss"
                and self.habits.has
                and any(t.dep[k] == "poss" and (k == a.head) for k in t.left[p.head])
            ):
                possessor = self.text([i for i in self.subtree(a.head, alone=False) if t.dep[i] != "case"])
                yield Tuple_(possessor, "has", (self.phrase(p.head, a.head),), 0.4)


class BenchieExporter(Exporter):
    """The tuples of BenchIE: three slots each, what precedes the last argument stands in the relation."""

    def _emit(
        self,
        subjects: list[str],
        relation: list[int],
        direct: list[int],
        others: list[tuple[list[int], int]],
        v: int,
        certainty: float,
    ) -> Iterator[Tuple_]:
        verb = self.text(relation)
        for subject in subjects:
            for head in direct:
                yield Tuple_(subject, verb, (self.phrase(head),), certainty)
            for front in direct or [-1]:
                middle = f"{verb} {self.bare(front)}" if front >= 0 else verb
                pairs = list(others)
                if front >= 0:
                    pairs += self.inner(front)
                for path, head in pairs:
                    if not path:
                        yield Tuple_(subject, middle, (self.phrase(head),), certainty)
                        continue
                    preposition = " ".join(self.words[i] for i in path)
                    yield Tuple_(subject, f"{middle} {preposition}", (self.phrase(head),), certainty)

    def inner(self, noun: int) -> list[tuple[list[int], int]]:
        """The prepositional phrases of a noun."""
        t = self.t
        return [
            ([k], head)
            for k in t.right[noun]
            if t.dep[k] == "prep"
            for head in (g for g in t.right[k] if t.dep[g] == "pobj")
        ]

    def phrase(self, head: int, *skip: int) -> str:
        """A phrase with its genitive and without other modifiers after it."""
        return self.text(self._short(head, skip, genitive=True))

    def bare(self, head: int) -> str:
        return self.text(self._short(head, (), genitive=False))

    def _short(self, head: int, skip: tuple[int, ...], *, genitive: bool) -> list[int]:
        t = self.t
        if t.pos[head] in ("VERB", "AUX", "ADJ"):
            return self.subtree(head, alone=True)
        found = [head]
        for k in t.left[head]:
            if (
                k not in skip
                and t.dep[k] not in ("preconj", "punct")
                or (t.dep[k] == "punct" and t.text[k] in ("-", '"'))
            ):
                found += self.subtree(k, alone=False)
        if genitive:
            for k in t.right[head]:
                if t.dep[k] == "prep" and t.lower[k] == "of" or t.dep[k] in ("nummod", "case"):
                    found += self.subtree(k, alone=False)
        return found

    def of_noun(self, p: Proposition) -> Iterator[Tuple_]:
        return iter(())


def read(nlp: Language, finder: MentionFinder, sentence: str) -> tuple[Doc, list[str]]:
    words = sentence.split()
    doc = nlp(Doc(nlp.vocab, words=[PLAIN.get(w, w) for w in words]))
    finder(doc)
    return doc, words


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmark", choices=("carb", "benchie"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    layers.register()
    nlp = spacy.load(DEFAULT_MODEL if spacy.util.is_package(DEFAULT_MODEL) else PACKAGED_MODEL)
    finder = MentionFinder(Gazetteer())
    rows = []
    if options.benchmark == "carb":
        for sentence in (SHARED / "carb" / "dev.txt").read_text(encoding="utf-8").splitlines():
            for x in Exporter(*read(nlp, finder, sentence), CARB).tuples():
                rows.append("\t".join((sentence, f"{x.confidence:.3f}", x.relation, x.subject, *x.arguments)))
    else:
        for line in (SHARED / "benchie" / "dev.sentences.tsv").read_text(encoding="utf-8").splitlines():
            number, sentence = line.split("\t", 1)
            for x in BenchieExporter(*read(nlp, finder, sentence), BENCHIE).tuples():
                rows.append("\t".join((number, x.subject, x.relation, " ".join(x.arguments))))
    temporary = options.out.with_suffix(".part")
    temporary.write_text("\n".join(rows) + "\n", encoding="utf-8")
    os.replace(temporary, options.out)


if __name__ == "__main__":
    main()
