"""What the tests of learning share: the bridges of ``examples/own_ontology``, learnt once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from spacegraph.learning import Example, Learnt, learn, read_examples
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from spacegraph.ontology import Ontology
    from spacegraph.reading import Reader

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "own_ontology"


@pytest.fixture(scope="session")
def bridges() -> Ontology:
    return load_ontology(FOLDER / "bridges.ttl")


@pytest.fixture(scope="session")
def examples(bridges: Ontology) -> list[Example]:
    return read_examples(FOLDER / "examples.jsonl", bridges)[0]


@pytest.fixture(scope="session")
def learnt(bridges: Ontology, examples: list[Example]) -> Learnt:
    return learn(bridges, examples)


@pytest.fixture(scope="session")
def lexicon_file(learnt: Learnt, bridges: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from spacegraph.learning import write_lexicon

    path = tmp_path_factory.mktemp("learnt") / "lexicon.ttl"
    write_lexicon(learnt, path, bridges)
    return path


@pytest.fixture(scope="session")
def reader(lexicon_file: Path) -> Reader:
    from spacegraph.reading import load_reader

    return load_reader(ontology=FOLDER / "bridges.ttl", lexicon=lexicon_file)
