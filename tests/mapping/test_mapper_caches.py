"""What the mapper keeps between propositions and articles changes nothing of what it finds."""

from __future__ import annotations

from spacegraph.mapping import Mapper
from spacegraph.model import Article, PropositionKind
from spacegraph.reading import load_reader

TEXTS = (
    "Boeing showed its Osprey capsule to reporters. The capsule flew to the station in May.",
    "NASA astronaut Ada Okafor thanked the crew. She was born in Ghana.",
)


def test_facts_and_entities_read_together_are_those_read_apart() -> None:
    reader = load_reader()
    articles = [Article(id=f"a{i}", text=text) for i, text in enumerate(TEXTS)]
    together = list(reader.read(articles))
    docs = reader.docs(articles)
    for doc, (article, facts, entities) in zip(docs, together, strict=True):
        assert reader.facts(doc, article) == facts
        assert reader.entities(doc, article) == entities
        assert facts
        assert {e.label for e in entities} >= {f.subject.label for f in facts if f.subject.label == "Boeing"}


def test_constructions_are_those_whose_arguments_are_there() -> None:
    reader = load_reader()
    mapper = Mapper(reader.ontology, reader.lexicon)
    for roles in (["ref", "poss"], ["poss", "ref"], ["ref"], [], ["ref", "compound", "time"]):
        found = mapper.constructions(PropositionKind.NOUN, roles)
        assert found is mapper.constructions(PropositionKind.NOUN, roles)
        for sense in reader.lexicon.constructions[PropositionKind.NOUN]:
            has_subject = any(role in (*roles, "predicate") for role in sense.subject_roles)
            has_object = any(role in (*roles, "predicate") for role in sense.object_roles)
            if not sense.predicate_class and not sense.requires and not sense.excludes:
                assert (sense in found) == (has_subject and has_object), sense.rule
