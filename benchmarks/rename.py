"""Do the facts survive when every name in the articles is changed?

    python benchmarks/rename.py [--show] [--data articles|silver] [--limit N] [--seed N]

Every person, company, vehicle and place gets an invented name of the same kind, the same one throughout: word by word, so
that "Ann Lee" and "Lee" stay in step, acronyms by letters, demonyms together with their country. What says what a thing is
("Space Center", "University") and ordinary words inside long names stay; where an organisation's name has no other words, its
first one changes, since a reader that knows the organisation would still know it. Another seed gives other names.

The facts of the changed article are compared with the facts of the original, its names changed in the same way. Two facts are the
same if everything but names agrees and their things have a name in common: which of its names the article's one thing is
listed under ("JAXA", or what the letters stand for) is no other fact. Which of two names stands first in "also known as" is none either.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.language.annotations import mentions
from spacegraph.language.mentions.name_runs import spelled_out
from spacegraph.language.tokens import tokens_of
from spacegraph.model import Article, Entity, Fact, Literal, Mention, MentionKind
from spacegraph.reading import load_reader
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"

#: Invented or rare names by kind. None is a known entity of the ontology.
POOLS = {
    "male": "Alden Bertram Cedric Desmond Edgar Felix Gareth Hamish Ivor Kelvin Lionel Merrick Niall Osbert Percy Quentin Rowan Tobin Conrad Leopold",
    # Either: where the reader does not know the gender of a given name, neither should the new one tell it.
    "given": "Robin Avery Quinn Casey Rory Emerson Marlow Arden Ellis Jody",
    "female": "Agnes Beatrix Celeste Daphne Elspeth Flora Greta Hedda Imogen Josefa Keziah Linnea Mirabel Nadine Odette Petra Rosalind Sidonie Thea Ulrika",
    "surname": "Ashdown Barlow Corwin Dunmore Ellery Farrow Granger Holloway Ingram Jessop Kettering Lindqvist Marlowe Norwood Ormond Pemberton Quillfeather Ravensworth Stanhope Thackeray Underhill Vickery Wetherby Yardley Abernathy Bellweather Cavanaugh Draycott Elsworth Fairbairn Gallagher Hartwell Iverson Jorgensen Kowalczyk Lockhart Montrose Nakagawa Okafor Pritchard",
    "company": "Orbitrex Halveron Astrelin Kestronic Novanta Polarion Quantara Rexaline Stratonix Tellurix Umbrion Vectora Zephyrion Aerolith Borealix Cryonix Dynaxar Exalite Ferronix Gravitar",
    "vehicle": "Kestrel Sparrowhawk Merlinda Albatross Peregrin Tamarin Osprey Cormorant Nightjar Goshawk Lapwing Heronet Marabou Shearwater Gyrfalcon Bluethroat Wheatear Turnstone Redwing Dotterel",
    "place": "Halverton Brimsdale Castlemoor Dunwich Eastmere Fairhaven Glenholt Harrowgate Inverlee Kelbrook Larchmont Millbrook Northolm Oakhurst Pinecrest Queensferry Ridgeway Silverlake Thornbury Westbrook Ashbourne Bexcombe Coldwater Dalebrook Elmsford",
}
#: Invented countries with what comes from them.
COUNTRIES = (
    ("Ruritania", "Ruritanian"), ("Freedonia", "Freedonian"), ("Sylvaria", "Sylvarian"), ("Borduria", "Bordurian"),
    ("Grandonia", "Grandonian"), ("Elbonia", "Elbonian"), ("Tomania", "Tomanian"), ("Osterlia", "Osterlian"),
    ("Carpania", "Carpanian"), ("Novistrana", "Novistranian"), ("Valdoria", "Valdorian"), ("Estovakia", "Estovakian"),
)  # fmt: skip
#: Which pool a name of an OntoNotes type draws from; other types keep their words.
POOL_OF_TYPE = {"ORG": "company", "PRODUCT": "vehicle", "GPE": "place", "LOC": "place", "FAC": "place"}
#: Capitalised words inside names that say what kind of thing it is, besides the ontology's nouns.
KIND_WORDS = frozenset(
    [
        "administration",
        "aerospace",
        "agency",
        "association",
        "authority",
        "base",
        "bureau",
        "center",
        "centre",
        "city",
        "college",
        "commission",
        "committee",
        "company",
        "cooperation",
        "corporation",
        "corp",
        "council",
        "county",
        "court",
        "department",
        "directorate",
        "division",
        "east",
        "exploration",
        "federation",
        "flight",
        "foundation",
        "government",
        "group",
        "house",
        "inc",
        "institute",
        "international",
        "island",
        "laboratory",
        "lake",
        "launch",
        "ltd",
        "ministry",
        "mission",
        "mount",
        "national",
        "north",
        "office",
        "operations",
        "organization",
        "organisation",
        "park",
        "party",
        "president",
        "program",
        "programme",
        "prime",
        "minister",
        "project",
        "republic",
        "research",
        "river",
        "school",
        "science",
        "sea",
        "secretary",
        "senate",
        "service",
        "society",
        "south",
        "space",
        "state",
        "states",
        "station",
        "street",
        "system",
        "technologies",
        "technology",
        "telescope",
        "test",
        "treaty",
        "union",
        "united",
        "university",
        "west",
        "world",
        "congress",
        "parliament",
        "new",
        "first",
        "second",
        "third",
        "award",
        "medal",
        "kingdom",
        "air",
        "force",
        "station",
        "orbit",
        "earth",
        "moon",
        "mars",
        "sun",
        "solar",
        "jr",
        "sr",
        "day",
        "lunar",
    ]
)
#: Which of two things is its subject says nothing.
SYMMETRIC = "alsoKnownAs"
_WORD = re.compile(r"[A-Za-zÀ-ÿ]\w*\w|[A-Z]")


class Renamer:
    """Maps words of names to invented ones, consistently within one article.

    Args:
        doc: The article as read, with mentions.
        keep: Words that stay, in lower case.
        seed: Which invented names are drawn.
    """

    def __init__(self, doc: Doc, keep: set[str], seed: int = 0) -> None:
        self.doc = doc
        self.seed = seed
        self.words: dict[str, str] = {}
        #: Whole names of ordinary words, with their new forms.
        self.phrases: dict[str, str] = {}
        self.used: set[str] = set()
        # A word that the article also has in lower case is an ordinary word, wherever it stands.
        self.keep = keep | KIND_WORDS | {token.text for token in doc if token.text.islower()}
        self.keep |= {token.lower_ for token in doc if token.is_stop}
        found = mentions(doc)
        self._countries(found)
        for mention in sorted(found, key=lambda m: (m.type != "PERSON", m.start - m.end, m.start)):
            if mention.kind is MentionKind.NAME:
                self._name(mention)
        self._letters()

    def _countries(self, found: Iterable[Mention]) -> None:
        """Countries with their demonyms: those that the reader knows, since no rule tells which word is of which."""
        names = sorted({m.norm for m in found if m.kind is MentionKind.DEMONYM and m.norm})
        pairs = {
            name: COUNTRIES[(i + self.seed) % len(COUNTRIES)]
            for i, name in enumerate(names)
            if " " not in name
        }
        for mention in found:
            text = self.doc[mention.start : mention.end].text
            if mention.kind is MentionKind.DEMONYM and mention.norm in pairs and " " not in text:
                plural = "s" if mention.number == "plur" and text.endswith("s") else ""
                self.words[text] = pairs[mention.norm][1] + plural
        self.words.update({name: pair[0] for name, pair in pairs.items()})

    def _name(self, mention: Mention) -> None:
        # Letters of a token: it may carry a full stop or a hyphen ("Corp.", "Corp-built").
        text = self.doc[mention.start : mention.end].text
        words = [word for word in _WORD.findall(text) if self._changes(word)]
        if (
            not words
            and mention.type == "ORG"
            and " " in text
            and text[0].isupper()
            and text not in self.phrases
        ):
            first, rest = text.split(" ", 1)
            self.phrases[text] = f"{self._pick('company', first)} {rest}"
        for i, word in enumerate(words):
            if word in self.words:
                continue
            if re.fullmatch(r"[A-Z]{2,6}", word):
                self.words[word] = _acronym(word, self.seed)
            elif mention.type == "PERSON":
                given = i == 0 and len(words) > 1
                pool = {"fem": "female", "masc": "male"}.get(mention.gender, "given")
                self.words[word] = self._pick(pool if given else "surname", word)
            elif mention.type in POOL_OF_TYPE:
                self.words[word] = self._pick(POOL_OF_TYPE[mention.type], word)

    def _letters(self) -> None:
        """Letters stay those of the words that they stand for, as the article explains them: "Deep Ice Scout (DIS)"."""
        tokens = tokens_of(self.doc)
        for start, end in sorted(spelled_out(tokens).items()):
            # The letters stand in brackets after the words, or before those in brackets.
            at = end + 1 if end < len(self.doc) and self.doc[end].text == "(" else start - 2
            word = self.doc[at].text
            long_form = self.doc[start:end].text
            if re.fullmatch(r"[A-Z]{3,8}", word) and word in self.words:
                self.words[word] = _initials(word, long_form, self.text(long_form))

    def _changes(self, word: str) -> bool:
        if not _WORD.fullmatch(word) or word.lower() in self.keep or len(word) < 2:
            return False
        return word[0].isupper() and not re.fullmatch(r"[IVX]+", word)

    def _pick(self, pool: str, word: str) -> str:
        names = POOLS[pool].split()
        start = hashlib.sha256(_salted(word, self.seed)).digest()[0]
        for i in range(len(names)):
            name = names[(start + i) % len(names)]
            if name not in self.used and not re.search(rf"\b{name}\b", self.doc.text):
                self.used.add(name)
                return name
        # More names than the pool has: two invented ones make a third.
        return names[start % len(names)] + names[(start + 7) % len(names)].lower()

    def text(self, text: str) -> str:
        """``text`` with every name changed."""
        for name in sorted(self.phrases, key=lambda name: (-len(name), name)):
            # A word after it would make a longer name, which has words of its own.
            text = re.sub(rf"\b{re.escape(name)}\b", self.phrases[name], text)
        return _WORD.sub(lambda m: self.words.get(m[0], m[0]), text)


def _initials(word: str, old: str, new: str) -> str:
    """The letters of ``word`` as changed by the change of the words that they stand for."""
    letters = list(word)
    at = 0
    for before, after in zip(_WORD.findall(old), _WORD.findall(new), strict=False):
        place = word.find(before[0].upper(), at)
        if place >= 0:
            letters[place] = after[0].upper()
            at = place + 1
    return "".join(letters)


def _salted(word: str, seed: int) -> bytes:
    return (f"{seed} {word}" if seed else word).encode()


def _acronym(word: str, seed: int) -> str:
    digest = hashlib.sha256(_salted(word, seed)).digest()
    letters = ("BCDFGKLMNPRST", "AEIO")
    return "".join(letters[i % 2][digest[i] % len(letters[i % 2])] for i in range(len(word)))


@dataclass(frozen=True, slots=True)
class Told:
    """What must stay the same about a fact; its things by all the names that the article gives them."""

    fact: Fact
    subject: frozenset[str]
    object: frozenset[str]
    said_by: frozenset[str]

    def same(self, other: Told) -> bool:
        """Whether two facts are one and the same, but for the choice among the names of a thing."""
        ours, theirs = self.fact, other.fact
        if (ours.relation, ours.factuality, ours.time) != (theirs.relation, theirs.factuality, theirs.time):
            return False
        if self.said_by != other.said_by and not self.said_by & other.said_by:
            return False
        straight = self.subject & other.subject and self.object & other.object
        return bool(
            straight
            or (ours.relation == SYMMETRIC and self.subject & other.object and self.object & other.subject)
        )


def told(fact: Fact, renamer: Renamer | None = None) -> Told:
    """A fact with the names of its things, changed if there is a ``renamer``."""
    change = renamer.text if renamer else str

    def names(thing: Entity | Literal | None) -> frozenset[str]:
        if thing is None:
            return frozenset()
        aliases = thing.aliases if isinstance(thing, Entity) else ()
        return frozenset(change(name) for name in (thing.label, *aliases))

    return Told(fact, names(fact.subject), names(fact.object), names(fact.attributed_to))


def shown(one: Told, renamer: Renamer | None = None) -> str:
    """A fact on one line."""
    change = renamer.text if renamer else str
    fact = one.fact
    said_by = change(fact.attributed_to.label) if fact.attributed_to else ""
    parts = (
        change(fact.subject.label),
        fact.relation,
        change(fact.object.label),
        fact.factuality.value,
        said_by,
        fact.time,
    )
    return " | ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--show", action="store_true", help="list the facts that do not survive")
    parser.add_argument("--data", choices=("articles", "silver"), default="articles")
    parser.add_argument("--limit", type=int, default=1000, help="so many articles")
    parser.add_argument("--seed", type=int, default=0, help="which invented names are drawn")
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"The development data are not at {SHARED}; this benchmark needs them.")
    reader = load_reader()
    keep = {w for noun in reader.ontology.gazetteer().nouns for w in noun.split()}
    kept = total = 0
    source = [SHARED / "data" / args.data / "articles.jsonl"]
    for article in list(read_articles(source, any_language=True))[: args.limit]:
        doc = next(iter(reader.docs([article])))
        renamer = Renamer(doc, keep, args.seed)
        before = [told(fact, renamer) for fact in reader.facts(doc, article)]
        (changed,) = read_articles([changed_article(article, renamer)], any_language=True)
        after = [told(fact) for fact in reader.facts(next(iter(reader.docs([changed]))), changed)]
        lost = [one for one in before if not any(one.same(other) for other in after)]
        kept, total = kept + len(before) - len(lost), total + len(before)
        print(f"{article.id}\t{len(before) - len(lost)}/{len(before)}")
        if args.show:
            for one in lost:
                print("  lost", shown(one, renamer))
            for other in after:
                if not any(one.same(other) for one in before):
                    print("  new ", shown(other))
    print(f"facts that survive a change of all names: {kept}/{total} = {kept / max(total, 1):.3f}")


def changed_article(article: Article, renamer: Renamer) -> Article:
    """The article with its names changed."""
    return Article(
        id=article.id,
        text=renamer.text(article.text),
        title=renamer.text(article.title),
        published=article.published,
    )


if __name__ == "__main__":
    main()
