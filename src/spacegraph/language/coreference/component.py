"""Coreference: which mentions of an article stand for one thing, and what that thing is called.

A multi-pass sieve after Lee et al. (2013), "Deterministic coreference resolution based on entity-centric,
precision-ranked rules": the surest passes first, each on what the earlier ones have merged. Names, appositions,
relatives and speech go by rules; noun phrases and pronouns by a ranker over filtered candidates.
The parts are in :mod:`spacegraph.language.coreference`; ``docs/coreference.md`` explains what comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from spacegraph.errors import ConfigError, MissingAnnotationError
from spacegraph.language.annotations import has, mentions, quotations, register, set_clusters
from spacegraph.language.coreference.candidates import Candidates, is_anaphoric_nominal, is_anaphoric_pronoun
from spacegraph.language.coreference.clusters import make_clusters
from spacegraph.language.coreference.descriptions import merge_descriptions
from spacegraph.language.coreference.entities import Entities
from spacegraph.language.coreference.expressions import find_expressions
from spacegraph.language.coreference.imagined_speakers import imagined_speakers
from spacegraph.language.coreference.late_names import merge_glosses, merge_late_names
from spacegraph.language.coreference.names import merge_names
from spacegraph.language.coreference.ranker import RuleRanker, TrainedRanker, load_network
from spacegraph.language.coreference.resolution import Resolution
from spacegraph.language.coreference.roles import merge_roles
from spacegraph.language.coreference.sets import find_members, merge_sets
from spacegraph.language.coreference.speech import merge_speech, place_in_turns, turns_of
from spacegraph.language.coreference.syntax import (
    index_heads,
    merge_appositions,
    merge_predicates,
    merge_relatives,
    resolve_reflexives,
)
from spacegraph.language.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from spacegraph.gazetteer import Gazetteer
    from spacegraph.language.coreference.ranker import Ranker
    from spacegraph.language.coreference.speech import Turn
    from spacegraph.model import Cluster

__all__ = ["RANKERS", "CoreferenceResolver", "make_coreference"]

#: What may decide about noun phrases and pronouns.
RANKERS = ("trained", "rules")


class CoreferenceResolver:
    """Finds the entity clusters of a ``Doc`` with mentions.

    Args:
        gazetteer: What the domain knows of classes; an empty one will do.
        ranker: What decides about noun phrases and pronouns.
        organisations: Whether "we" is the organisation of a speaker for whom the text names one.
    """

    def __init__(self, gazetteer: Gazetteer, ranker: Ranker, *, organisations: bool = True) -> None:
        self.gazetteer = gazetteer
        self.ranker = ranker
        self.organisations = organisations

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.clusters`` of a ``Doc`` with mentions; returns the same ``Doc``.

        Raises:
            MissingAnnotationError: No earlier component has found the mentions.
        """
        set_clusters(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[Cluster]:
        """The clusters of a ``Doc`` with mentions, in the order of their first mentions."""
        if not has(doc, "mentions"):
            msg = (
                "Coreference needs the mentions of the text, and no component has found them. Add the component "
                "spacegraph_mentions before spacegraph_coreference, or use the component spacegraph, which has both."
            )
            raise MissingAnnotationError(msg)
        return make_clusters(self.resolve(doc), self.gazetteer)

    def resolve(self, doc: Doc, turns: Sequence[Turn] | None = None) -> Resolution:
        """Merge the expressions of a ``Doc`` with mentions into entities.

        Args:
            doc: The text.
            turns: Who speaks where, for transcripts; None takes the quotations of the ``Doc``.
        """
        tokens = tokens_of(doc)
        expressions = find_expressions(tokens, mentions(doc))
        if turns is None:
            turns = turns_of(
                tokens,
                expressions,
                quotations(doc) if has(doc, "quotations") else None,
            )
        place_in_turns(expressions, turns)
        entities = Entities(expressions)
        heads = index_heads(entities)
        merge_names(tokens, entities)
        predicative = merge_appositions(tokens, entities, heads)
        predicative += merge_predicates(tokens, entities, heads)
        glossed = merge_glosses(tokens, entities)
        imagined = imagined_speakers(tokens, entities, turns)
        merge_speech(tokens, entities, turns, organisations=self.organisations, others=imagined)
        merge_relatives(tokens, entities, heads)
        merge_descriptions(entities, self.gazetteer)
        merge_roles(tokens, entities)
        merge_sets(tokens, entities)
        candidates = Candidates(tokens, entities, self.gazetteer)
        for a in expressions:
            if is_anaphoric_nominal(a) and entities.of(a.at).at == a.at:
                found = candidates.of_nominal(a)
                if found:
                    chosen = self.ranker.nominal(candidates, a, found)
                    if chosen < 0:
                        chosen = candidates.only_namesake(a, found)
                    if chosen >= 0:
                        entities.merge(found[chosen].at, a.at)
        for a in expressions:
            if is_anaphoric_pronoun(a) and a.at not in glossed:
                found = candidates.of_pronoun(a)
                chosen = candidates.reporter(a, found)
                if chosen < 0:
                    chosen = candidates.doer(a, found)
                if chosen < 0 and found:
                    chosen = self.ranker.pronoun(candidates, a, found)
                if chosen >= 0:
                    entities.merge(found[chosen].at, a.at)
                elif a.pronoun == "they" and not found:
                    entities.of(a.at).members = find_members(entities, a, 2, "person")
        for at, other in imagined.items():
            entities.merge(other, at)
        resolve_reflexives(tokens, entities, heads)
        merge_late_names(tokens, entities, self.gazetteer)
        return Resolution(tokens, entities, turns, predicative)


@Language.factory(
    "spacegraph_coreference",
    default_config={"ontology": None, "ranker": "trained", "nominal_margin": 0.5, "organisations": True},
    assigns=["doc._.clusters"],
    requires=["doc._.mentions", "token.dep", "token.tag", "token.pos", "token.lemma"],
)
def make_coreference(  # noqa: PLR0917  (spaCy passes them by name)
    nlp: Language,  # noqa: ARG001  (spaCy passes both)
    name: str,  # noqa: ARG001
    ontology: str | None,
    ranker: str,
    nominal_margin: float,
    organisations: bool,
) -> CoreferenceResolver:
    """Make the coreference resolver.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        ontology: A folder or Turtle file with an ontology; None is the built-in one.
        ranker: "trained", or "rules" for the weights that were set by hand.
        nominal_margin: How sure the trained ranker must be of a noun phrase's antecedent; higher is more careful.
        organisations: Whether "we" is the organisation of a speaker for whom the text names one.

    Raises:
        ConfigError: There is no such ranker.
    """
    register()
    return CoreferenceResolver(
        _gazetteer(ontology), make_ranker(ranker, nominal_margin=nominal_margin), organisations=organisations
    )


def make_ranker(
    name: str, *, pronoun_margin: float = 0.0, nominal_margin: float = 0.5, leap_margin: float = 1.0
) -> Ranker:
    """The ranker of a name out of :data:`RANKERS`.

    Args:
        name: "trained" or "rules".
        pronoun_margin: What a pronoun's best antecedent must have over "none" in the trained ranker's scores.
        nominal_margin: The same of noun phrases.
        leap_margin: What is asked on top where the head nouns of two phrases differ. Higher is more careful; the defaults favour precision, since a
            wrong merge spoils every fact of an entity.

    Raises:
        ConfigError: There is no such ranker.
    """
    if name not in RANKERS:
        msg = f"spacegraph_coreference has no ranker {name!r}. Set ranker to one of: {', '.join(RANKERS)}."
        raise ConfigError(msg)
    if name == "rules":
        return RuleRanker()
    return TrainedRanker(
        load_network("pronouns"),
        load_network("nominals"),
        pronoun_margin=pronoun_margin,
        nominal_margin=nominal_margin,
        leap_margin=leap_margin,
    )


def _gazetteer(ontology: str | None) -> Gazetteer:
    from spacegraph.rdf_ontology import load_ontology

    return load_ontology(ontology).gazetteer()
