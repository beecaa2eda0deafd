"""Where the components keep what they find: plain values on the ``Doc``, read back as typed ones.

A ``Doc`` that carries objects of our own cannot be serialised or sent between processes, so each
list is stored as tuples of strings and numbers (JSON- and msgpack-able) in an extension attribute, and the functions
here turn it into the classes of :mod:`spacegraph.model` and back.

Every component reads what the earlier ones have found, so the last values of each attribute are kept in their typed form for
as long as the attribute says the same; nothing of that is kept on the ``Doc``.

>>> import spacy
>>> doc = spacy.blank("en")("Ann slept.")
>>> set_mentions(doc, [Mention(start=0, end=1, head=0, kind=MentionKind.NAME, type="PERSON")])
>>> mentions(doc)[0].type
'PERSON'
"""

from __future__ import annotations

import datetime as dt
import marshal
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
    Relation,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Doc

__all__ = [
    "blocks",
    "clusters",
    "has",
    "mention_text",
    "mentions",
    "name_words",
    "propositions",
    "published",
    "quotations",
    "register",
    "relations",
    "set_blocks",
    "set_clusters",
    "set_mentions",
    "set_name_words",
    "set_propositions",
    "set_published",
    "set_quotations",
    "set_relations",
    "set_typed_spans",
    "typed_spans",
]

#: Extension attributes: name of the attribute on ``doc._``; all default to None ("not run").
ATTRIBUTES = (
    "blocks", "published", "name_words", "mentions", "clusters", "quotations", "propositions", "typed_spans", "relations",
)  # fmt: skip


def register() -> None:
    """Register the extension attributes on ``Doc``; safe to call again.

    Component factories call this when they are created, never at import: spaCy imports every
    advertised factory's module whenever any pipeline is made.
    """
    from spacy.tokens import Doc

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


#: The last values of each attribute: what the attribute held, in bytes, and its typed form.
_last: dict[str, tuple[bytes, list[Any]]] = {}


def _typed(doc: Doc, name: str, make: Callable[[Any], Any]) -> list[Any]:
    """The typed values of an attribute, made by ``make`` from its rows unless the last ones were made from equal rows."""
    rows = _get(doc, name)
    key = _key_of(rows)
    kept = _last.get(name)
    if kept is not None and key is not None and kept[0] == key:
        return kept[1].copy()
    values = [make(row) for row in rows]
    if key is not None:
        _last[name] = key, values
        return values.copy()
    return values


def _set_typed(doc: Doc, name: str, values: list[Any], rows: list[Any], *, exact: bool) -> None:
    """Store ``rows`` and keep ``values``, unless reading the rows back would not give just these values."""
    _set(doc, name, rows)
    key = _key_of(rows) if exact else None
    if key is not None:
        _last[name] = key, values


def _key_of(rows: Any) -> bytes | None:
    """Bytes that are the same only for equal rows of plain values; None where other values are among them."""
    try:
        # Version 0 writes each value out, so that which objects are shared does not matter.
        return marshal.dumps(rows, 0)
    except ValueError:
        return None


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


def name_words(doc: Doc) -> bytes:
    """What each token is by its letters alone, one byte a token (:mod:`~spacegraph.language.tuning.name_words`); empty if not looked for."""
    return _get(doc, "name_words") or b""


def set_name_words(doc: Doc, kinds: bytes) -> None:
    """Store which tokens are words of names."""
    _set(doc, "name_words", kinds)


def mentions(doc: Doc) -> list[Mention]:
    """The mentions, in the order of their start (then the longer first)."""
    return _typed(doc, "mentions", _mention)


def set_mentions(doc: Doc, values: Iterable[Mention]) -> None:
    """Store the mentions; others refer to them by their place in this list."""
    found = list(values)
    _set_typed(
        doc,
        "mentions",
        found,
        [
            [m.start, m.end, m.head, str(m.kind), m.type, m.cls, m.norm, m.unit, m.known, m.number, m.gender]
            for m in found
        ],
        exact=all(type(m) is Mention and type(m.kind) is MentionKind for m in found),
    )


def _mention(row: Any) -> Mention:
    s, e, h, k, t, c, n, u, w, nu, g = row
    return Mention(
        start=s, end=e, head=h, kind=MentionKind(k), type=t, cls=c, norm=n, unit=u, known=w, number=nu, gender=g
    )  # fmt: skip


def clusters(doc: Doc) -> list[Cluster]:
    """The entity clusters; ``clusters(doc)[i].id == i``."""
    return _typed(doc, "clusters", _cluster)


def set_clusters(doc: Doc, values: Iterable[Cluster]) -> None:
    """Store the entity clusters."""
    found = list(values)
    _set_typed(
        doc,
        "clusters",
        found,
        [
            [c.id, list(c.mentions), c.name, c.type, c.cls, c.known, list(c.aliases), c.number,
             c.gender, list(c.members)]
            for c in found
        ],
        exact=all(
            type(c) is Cluster and {type(c.mentions), type(c.aliases), type(c.members)} == {tuple} for c in found
        ),
    )  # fmt: skip


def _cluster(row: Any) -> Cluster:
    i, m, n, t, c, k, a, nu, g, mm = row
    return Cluster(
        id=i, mentions=tuple(m), name=n, type=t, cls=c, known=k, aliases=tuple(a), number=nu, gender=g, members=tuple(mm)
    )  # fmt: skip


def quotations(doc: Doc) -> list[Quotation]:
    """Direct, indirect and mixed speech, in the order of the text."""
    return _typed(doc, "quotations", _quotation)


def set_quotations(doc: Doc, values: Iterable[Quotation]) -> None:
    """Store the quotations."""
    found = list(values)
    _set_typed(
        doc,
        "quotations",
        found,
        [[q.start, q.end, q.kind, q.speaker, q.addressee, q.cue] for q in found],
        exact=all(type(q) is Quotation for q in found),
    )


def _quotation(row: Any) -> Quotation:
    s, e, k, sp, ad, cu = row
    return Quotation(start=s, end=e, kind=k, speaker=sp, addressee=ad, cue=cu)


def propositions(doc: Doc) -> list[Proposition]:
    """The propositions, in the order of their predicates."""
    return _typed(doc, "propositions", _proposition)


def set_propositions(doc: Doc, values: Iterable[Proposition]) -> None:
    """Store the propositions."""
    found = list(values)
    _set_typed(
        doc,
        "propositions",
        found,
        [
            [
                p.head, p.lemma, str(p.kind), p.start, p.end,
                [[a.role, a.start, a.end, a.head, a.mention, a.proposition] for a in p.arguments],
                str(p.factuality), list(p.sources), p.certainty, p.ended, p.tense, p.passive,
                p.quoted, p.time, p.denied_twice, p.guarded,
            ]
            for p in found
        ],
        exact=all(
            type(p) is Proposition
            and type(p.kind) is PropositionKind
            and type(p.factuality) is Factuality
            and {type(p.arguments), type(p.sources)} == {tuple}
            for p in found
        ),
    )  # fmt: skip


def _proposition(row: Any) -> Proposition:
    (
        head,
        lemma,
        kind,
        start,
        end,
        arguments,
        factuality,
        sources,
        certainty,
        ended,
        tense,
        passive,
        quoted,
        time,
        denied_twice,
        guarded,
    ) = row
    return Proposition(
        head=head, lemma=lemma, kind=PropositionKind(kind), start=start, end=end,
        arguments=tuple(
            Argument(role=r, start=a, end=b, head=ah, mention=m, proposition=p) for r, a, b, ah, m, p in arguments
        ),
        factuality=Factuality(factuality), sources=tuple(sources), certainty=certainty, ended=ended, tense=tense,
        passive=passive, quoted=quoted, time=time, denied_twice=denied_twice, guarded=guarded,
    )  # fmt: skip


def mention_text(doc: Doc, mention: Mention) -> str:
    """The words of a mention, as the article has them."""
    return doc[mention.start : mention.end].text


def typed_spans(doc: Doc) -> list[tuple[int, int, str, float]]:
    """The mentions that the trained reader sees: tokens ``[start, end)``, type, probability."""
    return [(s, e, t, p) for s, e, t, p in _get(doc, "typed_spans")]


def set_typed_spans(doc: Doc, values: Iterable[tuple[int, int, str, float]]) -> None:
    """Store the mentions that the trained reader sees."""
    _set(doc, "typed_spans", [list(value) for value in values])


def relations(doc: Doc) -> list[Relation]:
    """What the trained reader reads between mentions, in the order of the text."""
    return [
        Relation(
            subject=(s, e), object=(os, oe), subject_type=st, object_type=ot, property_iri=iri, probability=p,
            factuality=Factuality(f), guarded=g, head=h, sources=tuple(so), certainty=c, ended=en, time=ti,
        )
        for s, e, st, os, oe, ot, iri, p, f, g, h, so, c, en, ti in _get(doc, "relations")
    ]  # fmt: skip


def set_relations(doc: Doc, values: Iterable[Relation]) -> None:
    """Store what the trained reader reads."""
    _set(
        doc,
        "relations",
        [
            [*r.subject, r.subject_type, *r.object, r.object_type, r.property_iri, r.probability, str(r.factuality),
             r.guarded, r.head, list(r.sources), r.certainty, r.ended, r.time]
            for r in values
        ],
    )  # fmt: skip
