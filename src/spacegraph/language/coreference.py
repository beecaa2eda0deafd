"""Placeholder until its author writes it."""
from __future__ import annotations
from spacy.language import Language
from spacy.tokens import Doc
from spacegraph.language import annotations

class Component:
    def __call__(self, doc: Doc) -> Doc:
        return doc

@Language.factory("spacegraph_coreference")
def make_coreference(nlp: Language, name: str) -> Component:
    annotations.register()
    return Component()
