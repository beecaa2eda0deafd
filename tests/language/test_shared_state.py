"""What components share of one ``Doc`` is right whoever changes the ``Doc`` in between."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span

from spacegraph.language import annotations as annotation
from spacegraph.language.parse.repair import repair, repaired
from spacegraph.language.tokens import Tokens, tokens_of
from spacegraph.model import MentionKind
from spacegraph.reading import load_reader

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = (
    "“We hopes for rain,” said Ada Okafor, the agency's director. "
    "The company she founded in Ghana launched three satellites on May 3, and criticized the threats to leave."
)


@cache
def nlp() -> Language:
    return load_reader().nlp


def content(tokens: Tokens) -> dict[str, object]:
    """All that a snapshot holds, but for what it works out on demand."""
    return {name: getattr(tokens, name) for name in Tokens.__slots__ if name != "_edges"}


def test_components_leave_the_shared_snapshots_as_they_are() -> None:
    doc = nlp()(TEXT)
    assert content(tokens_of(doc)) == content(Tokens(doc))
    assert content(repaired(doc)) == content(repair(Tokens(doc)))


def test_snapshot_is_used_again_for_the_same_doc_only_while_it_says_the_same() -> None:
    doc = nlp()(TEXT)
    first = tokens_of(doc)
    assert tokens_of(doc) is first
    doc[2].lemma_ = "wish"
    changed = tokens_of(doc)
    assert changed is not first
    assert changed.lemma[2] == "wish" != first.lemma[2]
    doc.set_ents([Span(doc, 1, 2, label="LAW")])
    assert tokens_of(doc).ent[1] == "LAW"
    assert repaired(doc).ent[1] == "LAW"
    doc[1].head = doc[4]
    assert tokens_of(doc).head[1] == 4
    assert content(tokens_of(nlp()("It rains."))) == content(Tokens(nlp()("It rains.")))


def test_snapshots_of_empty_docs() -> None:
    assert tokens_of(Doc(nlp().vocab)).size == 0
    assert len(repaired(Doc(nlp().vocab))) == 0


def test_copy_can_be_changed_without_changing_the_snapshot() -> None:
    doc = nlp()(TEXT)
    twin = tokens_of(doc).copy()
    twin.lemma[0], twin.tag[0], twin.pos[0], twin.dep[0], twin.head[0] = "x", "x", "x", "x", 3
    twin.left[2].append(9)
    twin.right[2].append(9)
    assert content(tokens_of(doc)) == content(Tokens(doc))


def test_typed_annotations_follow_what_the_doc_holds() -> None:
    doc = nlp()(TEXT)
    before = annotation.mentions(doc)
    doc._.mentions[0][4] = "LAW"
    assert annotation.mentions(doc) == [replace(before[0], type="LAW"), *before[1:]]
    doc._.propositions[0][5].clear()
    assert annotation.propositions(doc)[0].arguments == ()
    doc._.clusters = None
    assert annotation.clusters(doc) == []


def test_lists_of_annotations_are_the_callers_own() -> None:
    doc = nlp()(TEXT)
    for read in (
        annotation.mentions,
        annotation.quotations,
        annotation.clusters,
        annotation.propositions,
    ):
        found = read(doc)
        assert found
        kept = list(found)
        found.clear()
        assert list(read(doc)) == kept


def test_annotations_read_back_from_bytes_are_the_same() -> None:
    doc = nlp()(TEXT)
    back = Doc(nlp().vocab).from_bytes(doc.to_bytes())
    nlp()("Something else was read in between.")
    assert annotation.propositions(back) == annotation.propositions(doc)
    assert annotation.mentions(back) == annotation.mentions(doc)
    assert annotation.clusters(back) == annotation.clusters(doc)


def test_values_of_the_wrong_type_come_back_in_the_right_one() -> None:
    doc = nlp()(TEXT)
    loose = [replace(m, kind=str(m.kind)) for m in annotation.mentions(doc)]  # type: ignore[arg-type]
    annotation.set_mentions(doc, loose)
    assert all(type(m.kind) is MentionKind for m in annotation.mentions(doc))
