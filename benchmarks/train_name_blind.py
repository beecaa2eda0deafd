"""Work out the embeddings that names share, and the list of ordinary words, and write them into the package.

    python benchmarks/train_name_blind.py [--words] [--limit N] [-o FILE]

The embedding for a kind of name word is the mean of what the model makes of such words in ``../shared/data/corpus`` (NASA
releases, public domain; Wikinews, CC BY 2.5), without the ``silver`` articles, on which the result is measured. No annotation is
used. It then tells how far the model with names alike agrees with the model as it is, on texts that were left out.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from spacegraph.language import english, tuning
from spacegraph.language.annotations import name_words, register, set_name_words
from spacegraph.language.english.listed_names import ORDINARY_WORDS
from spacegraph.language.pipeline import PACKAGED_MODEL
from spacegraph.language.tuning.name_blind import (
    MEANS,
    READERS,
    SHAPE,
    Blinder,
    encoder_of,
    fingerprint,
)
from spacegraph.language.tuning.name_words import NameWords
from spacegraph.rdf_ontology import load_ontology

if TYPE_CHECKING:
    from spacy.language import Language

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
_ADDRESS = re.compile(r"\S*(?:www\.|://|@|\.gov|\.com|\.org)\S*")
_LOWER = re.compile(r"(?<![\w.-])[a-z]{2,}(?![\w-])")
_CAPITAL = re.compile(r"(?<![\w.-])[A-Z][A-Za-z]+(?![\w-])")
#: A word so often in lower case is ordinary, however often it has a capital.
OFTEN = 20
#: One text in so many is left out, to show the agreement.
HELD_OUT = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--limit", type=int, default=400, help="so many texts")
    parser.add_argument("--words", action="store_true", help="make the list of ordinary words first")
    parser.add_argument("-o", "--out", type=Path, default=Path(tuning.__path__[0]) / MEANS)
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"The development data are not at {SHARED}; training needs them.")
    if args.words:
        write_ordinary_words()
    register()
    texts = training_texts()
    random.Random(0).shuffle(texts)
    finder = NameWords(load_ontology().gazetteer())
    nlp = spacy.load(PACKAGED_MODEL)
    docs = []
    for text in texts[: args.limit]:
        doc = nlp.make_doc(text)
        set_name_words(doc, bytes(finder.find(doc)))
        docs.append(doc)
    held = [Example(doc, nlp(doc.text)) for doc in docs[::HELD_OUT]]
    docs = [doc for i, doc in enumerate(docs) if i % HELD_OUT]
    print(f"{len(docs)} texts, {sum(map(len, docs))} tokens; {len(held)} texts held out")
    arrays: dict[str, Any] = {}
    for reader in READERS:
        encoder = encoder_of(nlp, reader)
        if encoder is None:
            sys.exit(f"The model has no {reader} whose embeddings can be told from the rest.")
        arrays[f"{reader}.of"] = np.array(fingerprint(encoder))
        arrays[f"{reader}.names"] = mean_vectors(encoder, docs)
        Blinder(encoder, arrays[f"{reader}.names"])
    np.savez_compressed(args.out, **arrays)
    print(agreement(nlp, held))
    print(f"{args.out.name}: {args.out.stat().st_size / 1000:.0f} kB")


def corpus() -> list[str]:
    folder = SHARED / "data" / "corpus"
    return [
        orjson.loads(line)["text"]
        for name in ("nasa", "wikinews")
        for line in (folder / f"{name}.jsonl").open("rb")
    ]


def training_texts() -> list[str]:
    """The texts of the corpus that are not among the silver articles."""
    silver = {
        orjson.loads(line)["text"][:200]
        for line in (SHARED / "data" / "silver" / "articles.jsonl").open("rb")
    }
    return [text for text in corpus() if text[:200] not in silver]


def write_ordinary_words() -> None:
    """Words that the corpus has in lower case, unless it has them mostly with a capital."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in corpus():
        plain = _ADDRESS.sub(" ", text)
        lower.update(_LOWER.findall(plain))
        capital.update(word.lower() for word in _CAPITAL.findall(plain))
    found = sorted(word for word, n in lower.items() if capital[word] <= 3 * n or n >= OFTEN)
    head = "# Words that the texts named in benchmarks/train_name_blind.py have in lower case; made by it.\n"
    (Path(english.__path__[0]) / ORDINARY_WORDS).write_text(head + "\n".join(found) + "\n", "utf-8")


def mean_vectors(encoder: Any, docs: list[Doc]) -> Any:
    """What the model's embeddings of the texts' own name words are on average."""
    total = np.zeros((*SHAPE, encoder.get_dim("nO") if encoder.has_dim("nO") else 96), dtype=np.float64)
    count = np.zeros(SHAPE)
    for doc, rows in zip(docs, encoder.layers[0].predict(docs), strict=True):
        for i, kind in enumerate(name_words(doc)):
            if kind:
                at = kind - 1, int(bool(doc[i].whitespace_))
                total[at] += rows[i]
                count[at] += 1
    return (total / np.maximum(count, 1)[..., None]).astype(np.float32)


def _fresh(doc: Doc) -> Doc:
    copy = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    set_name_words(copy, name_words(doc))
    return copy


def agreement(nlp: Language, held: list[Example]) -> dict[str, float]:
    """How often the model agrees with its reference readings: tags, heads with labels, and the entities' F1."""
    total = tags = arcs = found = wanted = right = 0
    for example in held:
        doc = _fresh(example.predicted)
        for name in ("tok2vec", "tagger", "parser", "ner"):
            doc = nlp.get_pipe(name)(doc)
        for a, b in zip(doc, example.reference, strict=True):
            total += 1
            tags += a.tag == b.tag
            arcs += a.dep == b.dep and a.head.i == b.head.i
        ours = {(e.start, e.end, e.label_) for e in doc.ents}
        theirs = {(e.start, e.end, e.label_) for e in example.reference.ents}
        found, wanted, right = found + len(ours), wanted + len(theirs), right + len(ours & theirs)
    return {
        "tags": round(tags / total, 4),
        "arcs": round(arcs / total, 4),
        "entities": round(2 * right / (found + wanted), 4),
    }


if __name__ == "__main__":
    main()
