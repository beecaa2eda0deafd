"""Data sets of our own invention: made without reading, and articles that are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from spacegraph.corpus.dataset import Dataset
from spacegraph.corpus.reading import settings_of
from spacegraph.corpus.tables import TABLES, Rows
from spacegraph.corpus.worker import ReadingOptions, write_shard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from spacegraph.model import Article, Entity, Fact

    Reading = tuple[Article, Sequence[Fact], Sequence[Entity]]

PEOPLE = ("Ines Kovar", "Bob Ray", "Mira Oban", "Dara Quill", "Tomas Veld")
FIRMS = ("Orbital Dynamics", "Vela Works", "Halver Aerospace")


def text_of(number: int) -> str:
    """A short article, another one for each number."""
    who, whom = PEOPLE[number % 5], PEOPLE[(number // 5 + number + 1) % 5]
    firm = FIRMS[number % 3]
    return (
        f"HALVERTON — {who}, the chief executive of {firm}, criticized the engineer {whom} on Friday. "
        f"The capsule number {number} is ready, {who} said. {firm} said there was no sign that Ruritania was withdrawing."
    )


def write_jsonl(path: Path, numbers: Iterable[int], texts: dict[int, str] | None = None) -> Path:
    lines = [
        json.dumps(
            {
                "id": f"a{n}",
                "text": (texts or {}).get(n) or text_of(n),
                "published": "2021-05-10",
                "source": f"Paper {n}",
            }
        )
        for n in numbers
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def bytes_of(path: Path) -> dict[str, bytes]:
    """All that a data set holds: file -> bytes."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }


def rows_of(path: Path, table: str) -> list[dict[str, object]]:
    dataset = Dataset.open(path, complete=False)
    return [row for name in dataset.shards() for row in dataset.read(table, name).to_pylist()]


def data_set(path: Path, readings: Iterable[Reading], *, shard: int = 2) -> Dataset:
    """A data set of readings."""
    given = list(readings)
    dataset = Dataset.create(path, settings_of(ReadingOptions()))
    count = 0
    with dataset.writing() as scratch:
        for start in range(0, len(given), shard):
            rows = Rows()
            for article, facts, entities in given[start : start + shard]:
                rows.add_article(article, facts, entities, None, None)
            name = f"00000-{count:06d}"
            write_shard(rows, scratch, name, "made")
            dataset.commit(scratch, name)
            count += 1
    dataset.write_manifest(complete=True, shards=count)
    return Dataset.open(path)


__all__ = ["TABLES", "bytes_of", "data_set", "rows_of", "text_of", "write_jsonl"]
