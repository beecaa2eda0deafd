"""Write docs/ontology.md from the ontology's Turtle files.

    python docs/make_ontology_page.py [--check]

With ``--check`` nothing is written; the exit status is 1 where the page is out of date.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from spacegraph.lexicon import load_lexicon
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from spacegraph.ontology import Ontology, OntologyProperty

PAGE = Path(__file__).resolve().parent / "ontology.md"
HEAD = """\
# The ontology: classes, properties, words

Written by `docs/make_ontology_page.py` from the files in `ontology/`: edit those.
The prefix `sg:` is `https://w3id.org/spacegraph/ontology#`.
[ontology/README.md](../ontology/README.md) shows how to add a class, a property and its words.
"""
FOREIGN = """
## Ontologies from elsewhere

Any OWL, RDFS, schema.org or SKOS file will do (`--ontology`), packed (`.gz`) or not; the base of its relative IRIs (`<#Ship>`, `rdf:ID`) is the file's own URL.

- **Classes** are what is declared as one, or used as one in a subclass, domain or range statement. A name of which only the kind is known (an organisation, a place) gets the class that is the kind itself (`schema:Organization`, or a class with `owl:equivalentClass foaf:Organization`, or with `sg:nerLabel`), of several the top one, never a subclass that happens to stand first in the file.
- **Properties** without a range take what an `owl:equivalentProperty` or a super-property takes, else what the head noun of their name says: dates (`formationDate`, `yearOfLaunch`), numbers (`number_of_crew`, `count`), text (`shipName`, `title`, `code`). One that is declared as an `owl:ObjectProperty` is taken at its word unless its name is that of a date.
- **Concepts of a SKOS thesaurus** whose preferred label is a name ("Port Vela", "VSA") are known things to link to, by preferred, alternative and hidden labels; their class is the nearest broader concept that is a class. Those whose label is a common noun ("tugs") are classes: the labels, in the singular too, are the nouns, `skos:broader` the superclass, and `skos:exactMatch` or `closeMatch` with a class of schema.org or FOAF tells the kind. Where a thesaurus writes all its labels with capitals, a concept is both, and the capitals of the text decide. Only English and untagged labels count.
- **Imports** (`owl:imports`) are read where they are files in the folder of the ontology that was named, or below it. A file elsewhere is refused, also through a link, and nothing is fetched from the web; of what is imported, no words stand in an error.
- **Attacks** are refused in a sentence: JSON-LD, RDF/XML and triple terms nested more than 256 deep, entities that grow, packed files that are all air.
"""


def page() -> str:
    """The whole page as Markdown."""
    ontology = load_ontology()
    parts = [HEAD, "## Classes\n", *_classes(ontology), "\n## Properties\n"]
    words = _words()
    properties = sorted(ontology.properties.values(), key=lambda p: p.name.lower())
    parts.extend(_property(prop, words.get(prop.name, [])) for prop in properties)
    counts = Counter(entity.type for entity in ontology.entities.values())
    parts.append("\n## Known things\n")
    parts.append("| class | things |\n| --- | ---: |")
    parts.extend(f"| {name} | {counts[name]} |" for name in sorted(counts))
    parts.append(FOREIGN.rstrip("\n"))
    return "\n".join(parts) + "\n"


def _classes(ontology: Ontology) -> list[str]:
    below = defaultdict(list)
    for cls in ontology.classes.values():
        for parent in cls.superclasses[:1] or ("",):
            below[parent].append(cls.name)
    lines: list[str] = []

    def show(name: str, depth: int) -> None:
        cls = ontology.classes[name]
        nouns = ", ".join(n for n in cls.nouns if n != cls.label.lower())
        also = "".join(f", {p}" for p in cls.superclasses[1:])
        lines.append(
            f"{'  ' * depth}- **{name}**{f' (also{also[1:]})' if also else ''}: {cls.definition}"
            + (f" Nouns: {nouns}." if nouns else "")
        )
        for child in sorted(below[name]):
            show(child, depth + 1)

    for name in sorted(below[""]):
        show(name, 0)
    return lines


def _words() -> dict[str, list[str]]:
    words: dict[str, set[str]] = defaultdict(set)
    for sense in load_lexicon().senses:
        words[sense.relation].update(sense.forms or [f"*{sense.entry}*"])
    return {name: sorted(forms) for name, forms in words.items()}


def _property(prop: OntologyProperty, words: list[str]) -> str:
    ranges = [r.rpartition("#")[2] for r in prop.ranges]
    features = [
        text
        for flag, text in (
            (prop.symmetric, "symmetric"),
            (prop.transitive, "transitive"),
            (prop.allows_clause, "words may stand as the object"),
        )
        if flag
    ]
    features += [f"sub-property of {parent}" for parent in prop.superproperties]
    lines = [f"### {prop.name}\n", prop.definition, f"Example: {prop.example}"]
    if prop.note:
        lines.append(prop.note)
    lines.append(
        f"\n`{' | '.join(prop.domains)}` → `{' | '.join(ranges)}`"
        + (f" ({'; '.join(features)})" if features else "")
    )
    if words:
        lines.append(f"\nWords: {', '.join(words)}.")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write or check the page."""
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.is_file() or PAGE.read_text("utf-8") != text:
            sys.exit(f"{PAGE.name} is out of date: run python docs/make_ontology_page.py")
        return
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
