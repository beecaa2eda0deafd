"""Mentions: the expressions of a text that refer to something, with what their words tell.

A parsed ``Doc`` with named entities goes in; a list of :class:`~spacegraph.model.Mention` comes out, on
which coreference, quotations, propositions and the mapping build. Names are repaired by
:mod:`~spacegraph.language.mentions.names` and typed by :mod:`~spacegraph.language.mentions.name_types`; dates, values, pronouns
and noun phrases have modules of their own.

What to know of the list:

- It is sorted by start, the longer mention first; mentions may nest ("NASA" in "the NASA engineers").
- A name's span holds the words of the name only: no article, title, possessive "'s" or class noun.
  Where a class noun follows ("the Kestrel capsule"), ``head`` is the noun, outside ``[start, end)``, so that
  arguments which the parser attaches to the noun resolve to the name. The phrase has no mention of its own.
- The ``norm`` of a noun phrase is the number of things that it counts ("two" gives ``2``), where written.
- The country of a demonym is a known one, or one that the text names too ("Ruritanian", "Ruritania"); else ``norm`` is ``""``.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from spacy.language import Language

from spacegraph.language.annotations import blocks, published, register, set_mentions, typed_spans
from spacegraph.language.english.nouns import NounLexicon
from spacegraph.language.mentions.known_names import KnownNames
from spacegraph.language.mentions.name_types import type_names
from spacegraph.language.mentions.names import find_names
from spacegraph.language.mentions.nominals import find_nominals
from spacegraph.language.mentions.pronouns import find_pronouns
from spacegraph.language.mentions.read_names import with_read_names, with_read_types
from spacegraph.language.tokens import Tokens, tokens_of
from spacegraph.language.values.amounts import find_values, is_dollars
from spacegraph.language.values.dates import find_times
from spacegraph.model import BlockKind, Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from spacegraph.gazetteer import Gazetteer, KnownName
    from spacegraph.language.mentions.name_types import TypedName

__all__ = ["MentionFinder", "make_mentions"]

_PLURAL_TAGS = frozenset(("NNS", "NNPS"))


class MentionFinder:
    """Finds the mentions of a ``Doc``.

    Args:
        gazetteer: What the domain knows of names, nouns and demonyms; an empty one will do.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.known_names = KnownNames(gazetteer)
        self.nouns = NounLexicon(gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.mentions`` of a tagged, parsed ``Doc`` with entities; returns the same ``Doc``."""
        set_mentions(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[Mention]:
        """The mentions of a ``Doc``, sorted by start, the longer first."""
        tokens = tokens_of(doc)
        entities = [(ent.start, ent.end, ent.label_) for ent in doc.ents]
        times = find_times(tokens, published(doc))
        known = self.known_names.find(tokens)
        # "Long March 5" is a rocket where the domain knows it.
        inside = {i for start, (end, _) in known.items() if end - start > 1 for i in range(start, end)}
        if inside:
            times = [span for span in times if span.start not in inside and span.end - 1 not in inside]
        taken = {i for span in times for i in range(span.start, span.end)}
        known = {start: found for start, found in known.items() if start not in taken}
        # "US$" and the like are tagged as names.
        signs = {i for i, word in enumerate(tokens.lower) if is_dollars(word)}
        spans = find_names(tokens, self.known_names, known, entities, taken | signs)
        read = typed_spans(doc)
        if read:
            # "Russian" stands for a country, a people or a language by the words around it, which the rules look at.
            alone = {i for i in spans.demonyms if not any(n.start <= i < n.end for n in spans.names)}
            spans.names = with_read_names(spans.names, read, tokens, taken | signs | alone)
        countries = frozenset(spans.countries.values())
        typed = type_names(
            tokens,
            spans.names,
            self.gazetteer,
            self.nouns,
            entities,
            countries=countries,
            datelines=_datelines(doc, tokens),
        )
        if read:
            typed = with_read_types(typed, read, tokens, self.gazetteer)
        in_names = {i for name in typed for i in range(name.span.start, name.span.end)}
        values = find_values(tokens, taken | in_names)
        taken.update(i for value in values for i in range(value.start, value.end))

        found = [self._name(tokens, name) for name in typed]
        found += [self._demonym(tokens, i, spans.countries) for i in spans.demonyms if i not in in_names]
        found += [
            Mention(start=s.start, end=s.end, head=tokens.span_head(s.start, s.end), kind=MentionKind.TIME,
                    type=s.type, norm=s.norm)
            for s in times if not any(i in in_names for i in range(s.start, s.end))
        ]  # fmt: skip
        found += [
            Mention(start=v.start, end=v.end, head=tokens.span_head(v.start, v.end), kind=MentionKind.VALUE,
                    type=v.type, norm=v.norm, unit=v.unit)
            for v in values
        ]  # fmt: skip
        found += [
            Mention(
                start=p.at,
                end=p.at + 1,
                head=p.at,
                kind=MentionKind.PRONOUN,
                number=p.number,
                gender=p.gender,
            )
            for p in find_pronouns(tokens)
            if p.at not in in_names
        ]
        demonyms = {
            i for i in spans.demonyms if tokens.dep[i] not in ("amod", "nmod", "compound", "npadvmod")
        }
        named = in_names | {name.head for name in typed} | demonyms | spans.before_names
        found += find_nominals(tokens, self.nouns, named=named, taken=taken, titles=spans.titles)
        return _sorted_once(found)

    def _name(self, tokens: Tokens, name: TypedName) -> Mention:
        start, end = name.span.start, name.span.end
        known = name.known
        gender = name.gender
        if not gender and name.type not in ("PERSON", ""):
            gender = "neut"
        plural = name.head < end and tokens.tag[name.head] in _PLURAL_TAGS and name.type in ("NORP", "PERSON")
        return Mention(
            start=start, end=end, head=name.head, kind=MentionKind.NAME, type=name.type, cls=name.cls,
            known=known.iri if known is not None else "",
            number="plur" if plural or (name.head >= end and tokens.tag[name.head] in _PLURAL_TAGS) else "sing",
            gender=gender,
        )  # fmt: skip

    def _demonym(self, tokens: Tokens, i: int, derived: dict[str, str]) -> Mention:
        if _is_language(tokens, i):
            return Mention(
                start=i,
                end=i + 1,
                head=i,
                kind=MentionKind.NAME,
                type="LANGUAGE",
                number="sing",
                gender="neut",
            )
        country: KnownName | None = self.known_names.demonym(tokens.text[i])
        name = country.label if country is not None else derived.get(tokens.text[i], "")
        plural = tokens.tag[i] in _PLURAL_TAGS or tokens.text[i].endswith(("ans", "ians"))
        return Mention(
            start=i, end=i + 1, head=i, kind=MentionKind.DEMONYM, type="NORP",
            cls=(country.cls if country is not None else "") or ("Country" if name else ""),
            norm=name,
            known=country.iri if country is not None else "",
            number="plur" if plural else "sing",
        )  # fmt: skip


def _datelines(doc: Doc, tokens: Tokens) -> frozenset[int]:
    """The tokens of datelines but for what stands in parentheses, the agency or the date: "MOSCOW (AP)"."""
    found: set[int] = set()
    for block in blocks(doc):
        if block.kind is not BlockKind.DATELINE:
            continue
        depth = 0
        for i in range(bisect_left(tokens.idx, block.start), bisect_left(tokens.idx, block.end)):
            depth += {"(": 1, ")": -1}.get(tokens.text[i], 0)
            if not depth:
                found.add(i)
    return frozenset(found)


def _is_language(tokens: Tokens, i: int) -> bool:
    """Whether a word such as "French" names the language: "answered in French", "speaks French"."""
    parent = tokens.head[i]
    if (
        tokens.left[i]
        or tokens.right[i]
        or tokens.tag[i] in _PLURAL_TAGS
        or "." in tokens.text[i]
        or tokens.text[i].isupper()
    ):
        return False
    if tokens.dep[i] == "pobj":
        return tokens.lower[parent] in ("in", "into", "from") and parent == i - 1
    return tokens.dep[i] == "dobj" and tokens.lemma[parent] in (
        "speak",
        "learn",
        "study",
        "teach",
        "understand",
    )


def _sorted_once(found: list[Mention]) -> list[Mention]:
    """Sorted by start, the longer first; of two mentions of the same tokens the first found stays."""
    unique: dict[tuple[int, int], Mention] = {}
    for mention in found:
        unique.setdefault((mention.start, mention.end), mention)
    return sorted(unique.values(), key=lambda mention: (mention.start, -mention.end))


@Language.factory(
    "spacegraph_mentions",
    default_config={"ontology": None},
    assigns=["doc._.mentions"],
    requires=["token.dep", "token.tag", "token.pos", "token.lemma", "doc.ents"],
)
def make_mentions(nlp: Language, name: str, ontology: str | None) -> MentionFinder:  # noqa: ARG001  (spaCy passes both)
    """Make the mention finder.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        ontology: A folder or Turtle file with an ontology; None is the built-in one.
    """
    register()
    from spacegraph.rdf_ontology import load_ontology

    return MentionFinder(load_ontology(ontology).gazetteer())
