"""Where the components keep what they find: plain values on the ``Doc``, read back as typed ones.

A ``Doc`` that carries objects of our own cannot be serialised or sent between processes, so each
list is stored as tuples of strings and numbers (JSON- and msgpack-able) in an extension attribute, and the functions
here turn it into the classes of :mod:`spacegraph.model` and back.

>>> import spacy
>>> doc = spacy.blank("en")("Ann slept.")
>>> set_mentions(doc, [Mention(start=0, end=1, head=0, kind=MentionKind.NAME, type="PERSON")])
>>> mentions(doc)[0].type
'PERSON'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from spacegraph.model import (
    Argument,
    Block,
    BlockKind,
    Cluster,
    Factuality,
    Mention,
    MentionKind,
    Proposition,
    PropositionKind,
    Quotation,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "blocks",
    "clusters",
    "has",
    "mention_text",
    "mentions",
    "propositions",
    "published",
    "quotations",
    "register",
    "set_blocks",
    "set_clusters",
    "set_mentions",
    "set_propositions",
    "set_published",
    "set_quotations",
]

#: Extension attributes: name of the attribute on ``doc._``; all default to None ("not run").
ATTRIBUTES = ("blocks", "published", "mentions", "clusters", "quotations", "propositions")


def register() -> None:
    """Register the extension attributes on ``Doc``; safe to call again.

    Component factories call this when they are created, never at import: spaCy imports every
    advertised factory's module whenever any pipeline is made.
    """
    from spacy.tokens import Doc  # noqa: PLC0415

    for name in ATTRIBUTES:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def has(doc: Doc, name: str) -> bool:
    """Whether the component that sets ``doc._.<name>`` has run."""
    return doc.has_extension(name) and doc._.get(name) is not None


def _get(doc: Doc, name: str) -> Any:
    register()
    return doc._.get(name) or ()


def _set(doc: Doc, name: str, value: Any) -> None:
    register()
    doc._.set(name, value)


def published(doc: Doc) -> dt.date | None:
    """The article's publication date, where it is known."""
    value = _get(doc, "published")
    return dt.date.fromisoformat(value) if value else None


def set_published(doc: Doc, date: dt.date | None) -> None:
    """Tell the components when the article was published."""
    _set(doc, "published", date.isoformat() if date else "")


def blocks(doc: Doc) -> tuple[Block, ...]:
    """The article's blocks, in characters."""
    return tuple(Block(start=s, end=e, kind=BlockKind(k)) for s, e, k in _get(doc, "blocks"))


def set_blocks(doc: Doc, values: Iterable[Block]) -> None:
    """Store the article's blocks."""
    _set(doc, "blocks", [[b.start, b.end, str(b.kind)] for b in values])


def mentions(doc: Doc) -> list[Mention]:
    """The mentions, in the order of their start (then the longer first)."""
    return [
        Mention(
            start=s, end=e, head=h, kind=MentionKind(k), type=t, cls=c, norm=n, unit=u, known=w,
            number=nu, gender=g,
        )
        for s, e, h, k, t, c, n, u, w, nu, g in _get(doc, "mentions")
    ]


def set_mentions(doc: Doc, values: Iterable[Mention]) -> None:
    """Store the mentions; others refer to them by their place in this list."""
    _set(
        doc,
        "mentions",
        [
            [m.start, m.end, m.head, str(m.kind), m.type, m.cls, m.norm, m.unit, m.known, m.number,
             m.gender]
            for m in values
        ],
    )


def clusters(doc: Doc) -> list[Cluster]:
    """The entity clusters; ``clusters(doc)[i].id == i``."""
    return [
        Cluster(
            id=i, mentions=tuple(m), name=n, type=t, cls=c, known=k, aliases=tuple(a), number=nu,
            gender=g, members=tuple(mm),
        )
        for i, m, n, t, c, k, a, nu, g, mm in _get(doc, "clusters")
    ]


def set_clusters(doc: Doc, values: Iterable[Cluster]) -> None:
    """Store the entity clusters."""
    _set(
        doc,
        "clusters",
        [
            [c.id, list(c.mentions), c.name, c.type, c.cls, c.known, list(c.aliases), c.number,
             c.gender, list(c.members)]
            for c in values
        ],
    )


def quotations(doc: Doc) -> list[Quotation]:
    """Direct, indirect and mixed speech, in the order of the text."""
    return [
        Quotation(start=s, end=e, kind=k, speaker=sp, addressee=ad, cue=cu)
        for s, e, k, sp, ad, cu in _get(doc, "quotations")
    ]


def set_quotations(doc: Doc, values: Iterable[Quotation]) -> None:
    """Store the quotations."""
    _set(
        doc,
        "quotations",
        [[q.start, q.end, q.kind, q.speaker, q.addressee, q.cue] for q in values],
    )


def propositions(doc: Doc) -> list[Proposition]:
    """The propositions, in the order of their predicates."""
    return [
        Proposition(
            head=h, lemma=l, kind=PropositionKind(k), start=s, end=e,
            arguments=tuple(
                Argument(role=r, start=a, end=b, head=ah, mention=m, proposition=p)
                for r, a, b, ah, m, p in args
            ),
            factuality=Factuality(f), sources=tuple(src), certainty=cert, ended=ended, tense=tense,
            passive=pas, quoted=quo, time=time,
        )
        for h, l, k, s, e, args, f, src, cert, ended, tense, pas, quo, time in _get(
            doc, "propositions"
        )
    ]


def set_propositions(doc: Doc, values: Iterable[Proposition]) -> None:
    """Store the propositions."""
    _set(
        doc,
        "propositions",
        [
            [
                p.head, p.lemma, str(p.kind), p.start, p.end,
                [[a.role, a.start, a.end, a.head, a.mention, a.proposition] for a in p.arguments],
                str(p.factuality), list(p.sources), p.certainty, p.ended, p.tense, p.passive,
                p.quoted, p.time,
            ]
            for p in values
        ],
    )


def mention_text(doc: Doc, mention: Mention) -> str:
    """The words of a mention, as the article has them."""
    return doc[mention.start : mention.end].text
