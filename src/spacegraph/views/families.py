"""Classes of an ontology gathered into families, few enough that each has a colour and a shape of its own.

A graph may use forty classes, but people tell about ten colours apart. So the class whose things matter least is merged
into its superclass, again and again, until few enough are left: a capsule becomes a spacecraft, then a vehicle, while
persons stay persons, and a station that everything turns around stays a station; what has no superclass left joins the
others. It goes by the hierarchy and the importance of things alone and holds for any ontology.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.errors import OntologyError
from spacegraph.views.content import WORDS, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacegraph.model import Fact
    from spacegraph.ontology import Ontology
    from spacegraph.views.content import Content

__all__ = ["FACTUALITIES", "OTHER", "FactualityStyle", "Family", "find_families", "ontology_of", "way_of"]

OTHER = "Thing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Classes that are drawn alike. ``name`` is the local name of the class that stands for them.

    ``colour`` is for a light page and for print, ``dark`` for a dark page; ``shape`` is Cytoscape.js' name of it.
    """

    name: str
    label: str
    colour: str
    dark: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualityStyle:
    """How a fact of one factuality is drawn: never by colour alone. ``dash`` is on, off, on, off in pixels."""

    label: str
    explanation: str
    colour: str
    dark: str
    dash: tuple[int, ...]
    arrow: str


FACTUALITIES: Mapping[str, FactualityStyle] = {
    "asserted": FactualityStyle(
        label="asserted", explanation="the article itself says that it is so",
        colour="#5b6475", dark="#9aa5b8", dash=(), arrow="triangle",
    ),
    "reported": FactualityStyle(
        label="reported", explanation="somebody whom the article names says so",
        colour="#2f6fb2", dark="#6fb1ee", dash=(9, 4), arrow="triangle",
    ),
    "planned": FactualityStyle(
        label="planned", explanation="scheduled or intended",
        colour="#2a7f4f", dark="#62c58c", dash=(2, 3), arrow="triangle",
    ),
    "hypothetical": FactualityStyle(
        label="hypothetical", explanation="conditional, threatened, attempted or merely possible",
        colour="#8a5aa8", dark="#c39be0", dash=(8, 3, 2, 3), arrow="vee",
    ),
    "negated": FactualityStyle(
        label="negated", explanation="denied, cancelled or declined",
        colour="#c0392b", dark="#ff8a7a", dash=(4, 4), arrow="tee",
    ),
    "ended": FactualityStyle(
        label="ended", explanation="it was so once, and is no more",
        colour="#8a6d3b", dark="#cdb07a", dash=(12, 3, 2, 3), arrow="triangle",
    ),
}  # fmt: skip


def way_of(fact: Fact) -> str:
    """The way in which a fact is drawn: its factuality, or "ended" where the article asserts that it is over."""
    return "ended" if fact.ended and fact.factuality == "asserted" else str(fact.factuality)


#: Colour (light and dark page) and shape, after Okabe and Ito's palette (2008), darkened until white shows on them.
_STYLES = (
    ("#2f6db5", "#6aa5e8", "ellipse"),
    ("#c8641b", "#f09a57", "round-rectangle"),
    ("#2b8a61", "#5cc595", "hexagon"),
    ("#a3467f", "#e08bc0", "triangle"),
    ("#8a7a16", "#d9c64f", "diamond"),
    ("#5a4fb0", "#a49af0", "pentagon"),
    ("#b23a3a", "#ee8585", "barrel"),
    ("#1f8597", "#5cc8da", "octagon"),
    ("#7a5230", "#c99b72", "rhomboid"),
)
_OTHER_STYLE = ("#6d7480", "#a9b0bc", "ellipse")
#: What somebody said is no thing of any class: it has a mark of its own beside the families.
_WORDS = Family(name=WORDS, label="what is said", colour="#4c5563", dark="#c3cad6", shape="tag")
#: What a thing of no importance adds to the weight of its class, beside importances of up to 1.
_LEAST_WEIGHT = 0.1
#: Beginnings of names of general classes that have the same style in every graph, so that people find their way.
_USUAL = {
    "person": 0, "organi": 1, "country": 7, "place": 2, "vehicle": 3, "artefact": 3, "artifact": 3, "product": 3, "work": 4,
    "activity": 5, "event": 6,
}  # fmt: skip


def find_families(
    content: Content, ontology: Ontology | None = None, *, most: int = len(_STYLES)
) -> dict[str, Family]:
    """The family of each class that occurs.

    Args:
        content: What is shown.
        ontology: Where superclasses and labels are from; None leaves each class as it is and merges those that matter least to "other".
        most: How many families there may be beside "other"; at most nine.

    Returns:
        Local name of a class -> its family; families that are equal are the same.
    """
    counts: defaultdict[str, float] = defaultdict(float)
    for thing in content.things:
        if thing.entity.type != WORDS:
            # A thing counts at least something, however unimportant: many of them make a class worth its colour.
            counts[thing.entity.type] += _LEAST_WEIGHT + thing.importance + thing.is_prominent
    stands_for = _merge(counts, ontology, most)
    names: defaultdict[str, float] = defaultdict(float)
    for cls, name in stands_for.items():
        names[name] += counts[cls]
    slots = _slots(sorted(names, key=lambda name: (-names[name], name)), ontology)
    families = {}
    for name, slot in slots.items():
        colour, dark, shape = _OTHER_STYLE if slot < 0 else _STYLES[slot]
        label = "other" if name == OTHER else _label(name, ontology)
        families[name] = Family(name=name, label=label, colour=colour, dark=dark, shape=shape)
    found = {cls: families[name] for cls, name in stands_for.items()}
    if any(thing.entity.type == WORDS for thing in content.things):
        found[WORDS] = _WORDS
    return found


def ontology_of(kg: object) -> Ontology | None:
    """The ontology that a graph names its classes by: its own where it has one, else the built-in one."""
    own: Ontology | None = getattr(kg, "ontology", None)
    if own is not None:
        return own
    from spacegraph.rdf_ontology import load_ontology

    try:
        return load_ontology()
    except OntologyError:
        return None


def _merge(counts: Mapping[str, float], ontology: Ontology | None, most: int) -> dict[str, str]:
    stands_for = {cls: cls for cls in sorted(counts)}
    left: set[str] = set()
    while True:
        sizes: defaultdict[str, float] = defaultdict(float)
        for cls, name in stands_for.items():
            if name != OTHER:
                sizes[name] += counts[cls]
        if len(sizes) <= most:
            return stands_for
        parents = {name: _parent(name, ontology) for name in sizes}
        # "Other" says less than a superclass does, so joining it counts double.
        rarest = min(sizes, key=lambda name: (sizes[name] * (2 if parents[name] == OTHER else 1), name))
        left.add(rarest)
        # Superclasses that run in a circle lead nowhere.
        parent = OTHER if parents[rarest] in left else parents[rarest]
        stands_for = {cls: parent if name == rarest else name for cls, name in stands_for.items()}


def _parent(name: str, ontology: Ontology | None) -> str:
    known = ontology.find_class(name) if ontology else None
    return known.superclasses[0] if known and known.superclasses else OTHER


def _label(name: str, ontology: Ontology | None) -> str:
    known = ontology.find_class(name) if ontology else None
    return known.label if known else words_of(name)


def _slots(names: list[str], ontology: Ontology | None) -> dict[str, int]:
    """A style for each family: the usual one of its class or of a superclass, where it is free; else the next."""
    slots = {OTHER: -1} if OTHER in names else {}
    free = list(range(len(_STYLES)))
    for name in names:
        lineage = (name, *(ontology.superclasses(name) if ontology else ()))
        usual = next(
            (slot for cls in lineage for word, slot in _USUAL.items() if cls.lower().startswith(word)), None
        )
        if name not in slots and usual in free:
            slots[name] = usual
            free.remove(usual)
    for name in names:
        if name not in slots:
            slots[name] = free.pop(0)
    return {name: slots[name] for name in names}
