"""Do the facts survive when every name in the articles is changed?

    python benchmarks/rename.py [--show] [--data articles|silver]

Every person, company, vehicle and place gets an invented name of the same kind, the same one
throughout: word by word, so that "Ann Lee" and "Lee" stay in step, acronyms by letters, demonyms
together with their country. Words that say what a thing is ("Space Center", "University") stay. The facts of the
changed article are compared with the facts of the original, its names changed in the same way.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from dataclasses import replace
from pathlib import Path

from spacegraph.reading import load_reader
from spacegraph.language import annotations
from spacegraph.model import Article, Fact, MentionKind
from spacegraph.sources import read_articles

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

#: Syllables of invented names; a name's hash picks them, so the same name always gets the same one.
ONSETS = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br", "dr", "st", "tr")
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("n", "r", "l", "s", "m", "x", "nd", "rk", "lt", "sh")
#: Capitalised words inside names that say what kind of thing it is, besides the ontology's nouns.
KIND_WORDS = frozenset(
    """
    administration agency association authority base bureau center centre city college commission committee
    company cooperation corporation corp council county court department directorate division east
    exploration federation flight foundation government group house inc institute international island
    laboratory lake launch ltd ministry mission mount national north office operations organization
    organisation park party president program programme prime minister project republic research river
    school science sea secretary senate service society south space state states station street system
    technologies technology telescope test treaty union united university west world congress parliament
    new first second third award medal the of and for in on at to a mr mrs ms dr general sir
    """.split()
)


class Renamer:
    """Maps words of names to invented ones, consistently within one article."""

    def __init__(self, keep: set[str]) -> None:
        self.keep = keep
        self.words: dict[str, str] = {}

    def word(self, word: str) -> str:
        """The invented word for one word of a name."""
        if word not in self.words:
            self.words[word] = self._invent(word)
        return self.words[word]

    def _invent(self, word: str) -> str:
        if word.lower() in KIND_WORDS or word.lower() in self.keep or not re.search(r"[A-Z]", word):
            return word
        digest = hashlib.sha256(word.encode()).digest()
        if re.fullmatch(r"[A-Z]{2,6}", word):
            return "".join("BCDFGHKLMNPRSTVZ"[digest[i] % 16] for i in range(len(word)))
        if re.fullmatch(r"[IVX]+|[A-Z]\.?|(?:[A-Z]\.){2,}", word):
            return word
        syllables = 2 if len(word) < 8 else 3
        name = "".join(
            ONSETS[digest[3 * i] % len(ONSETS)] + VOWELS[digest[3 * i + 1] % len(VOWELS)] for i in range(syllables)
        )
        return (name + CODAS[digest[2] % len(CODAS)]).capitalize()

    def text(self, text: str, names: set[str]) -> str:
        """``text`` with every word of ``names`` changed."""
        return re.sub(r"[A-Za-zÀ-ÿ][\w.]*\w|[A-Z]", lambda m: self.word(m[0]) if m[0] in names else m[0], text)


def names_in(doc: object) -> tuple[set[str], dict[str, str]]:
    """Words of the names in an article, and its demonyms with their countries."""
    words: set[str] = set()
    demonyms: dict[str, str] = {}
    for mention in annotations.mentions(doc):  # type: ignore[arg-type]
        text = doc[mention.start : mention.end].text  # type: ignore[index]
        if mention.kind is MentionKind.DEMONYM and mention.norm:
            demonyms[text] = mention.norm
        if mention.kind is MentionKind.NAME or mention.kind is MentionKind.DEMONYM:
            words.update(re.findall(r"[A-Za-zÀ-ÿ][\w.]*\w|[A-Z]", text))
    return words, demonyms


def key(fact: Fact) -> tuple[str, ...]:
    """What must stay the same about a fact, besides names."""
    return (fact.subject.label, fact.relation, fact.object.label, fact.factuality, fact.time)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--show", action="store_true", help="list the facts that do not survive")
    parser.add_argument("--data", choices=("articles", "silver"), default="articles")
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"The development data are not at {SHARED}; this benchmark needs them.")
    reader = load_reader()
    keep = {w for noun in reader.ontology.gazetteer().nouns for w in noun.split()}
    kept = total = 0
    for article in read_articles([SHARED / "data" / args.data / "articles.jsonl"]):
        doc = next(iter(reader.docs([article])))
        words, demonyms = names_in(doc)
        renamer = Renamer(keep)
        for form, country in demonyms.items():
            base = renamer.word(country.split()[-1]) if country else ""
            if base and base != country:
                renamer.words[form] = base + "ian"
        before = [_renamed(f, renamer, words) for f in reader.facts(doc, article)]
        changed = Article(
            id=article.id, text=renamer.text(article.text, words), title=article.title, published=article.published
        )
        after = {key(f) for f in reader.facts(next(iter(reader.docs([changed]))), changed)}
        lost = [f for f in before if key(f) not in after]
        kept, total = kept + len(before) - len(lost), total + len(before)
        print(f"{article.id}\t{len(before) - len(lost)}/{len(before)}")
        if args.show:
            for fact in lost:
                print("  lost", key(fact))
            for k in sorted(after - {key(f) for f in before}):
                print("  new ", k)
    print(f"facts that survive a change of all names: {kept}/{total} = {kept / max(total, 1):.3f}")


def _renamed(fact: Fact, renamer: Renamer, words: set[str]) -> Fact:
    return replace(
        fact,
        subject=replace(fact.subject, label=renamer.text(fact.subject.label, words)),
        object=replace(fact.object, label=renamer.text(fact.object.label, words))
        if hasattr(fact.object, "iri")
        else replace(fact.object, value=renamer.text(fact.object.value, words)),  # type: ignore[arg-type]
    )


if __name__ == "__main__":
    main()
