"""Mentions: the expressions of a text that refer to something, with what their words tell."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from spacegraph.language import annotations
from spacegraph.language.gazetteer import Gazetteer
from spacegraph.model import Mention, MentionKind

__all__ = ["MentionFinder", "make_mentions"]

_NAME = {"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
_TIME = {"DATE", "TIME"}


class MentionFinder:
    """Finds mentions. ``gazetteer``: what the domain knows; an empty one will do."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Set the mentions of a tagged, parsed ``Doc``."""
        out: dict[tuple[int, int], Mention] = {}
        for e in doc.ents:
            s = e.start
            if e.label_ in _NAME and doc[s].lower_ in ("the", "a", "an") and e.end - s > 1:
                s += 1
            kind = (
                MentionKind.NAME if e.label_ in _NAME else MentionKind.DEMONYM if e.label_ == "NORP"
                else MentionKind.TIME if e.label_ in _TIME else MentionKind.VALUE
            )
            if e.label_ == "ORDINAL":
                continue
            out[(s, e.end)] = Mention(
                start=s, end=e.end, head=e.root.i, kind=kind, type=e.label_,
                number="sing" if kind is MentionKind.NAME else "",
            )
        covered = {m.head for m in out.values() if m.kind is not MentionKind.DEMONYM}
        for c in doc.noun_chunks:
            h = c.root
            if h.pos_ == "PRON":
                if h.dep_ != "expl":
                    out[(h.i, h.i + 1)] = Mention(start=h.i, end=h.i + 1, head=h.i, kind=MentionKind.PRONOUN)
            elif h.i not in covered and (c.start, c.end) not in out:
                out[(c.start, h.i + 1)] = Mention(
                    start=c.start, end=h.i + 1, head=h.i, kind=MentionKind.NOMINAL,
                    number="plur" if h.tag_ in ("NNS", "NNPS") else "sing",
                )
        for t in doc:
            if t.tag_ in ("PRP$", "WP", "WP$", "WDT") or (t.tag_ == "PRP" and t.dep_ != "expl"):
                out[(t.i, t.i + 1)] = Mention(start=t.i, end=t.i + 1, head=t.i, kind=MentionKind.PRONOUN)
        annotations.set_mentions(doc, sorted(out.values(), key=lambda m: (m.start, -m.end)))
        return doc


@Language.factory(
    "spacegraph_mentions", default_config={"ontology": None}, assigns=["doc._.mentions"],
    requires=["token.dep", "token.tag", "doc.ents"],
)
def make_mentions(nlp: Language, name: str, ontology: str | None) -> MentionFinder:  # noqa: ARG001
    """Make the mention finder. ``ontology`` is a folder or Turtle file; None is the built-in one."""
    annotations.register()
    try:
        from spacegraph.ontology import load_ontology
    except ImportError:
        return MentionFinder(Gazetteer())
    return MentionFinder(load_ontology(ontology).gazetteer())
