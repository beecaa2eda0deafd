"""Corpora on Spark, where one machine is outgrown.

>>> from spacegraph.corpus import spark as sp
>>> readings = sp.read_articles(frame_of_articles)  # doctest: +SKIP
>>> sp.table(readings, "facts").write.parquet("facts/")  # doctest: +SKIP

Each of Spark's Python workers has a guarded worker of its own beneath it
(:class:`~spacegraph.corpus.guard.Guard`), which loads the reader once: a document that crashes, hangs or eats memory is an
error of that document, never of a task.

Needs ``pip install 'spacegraph[spark]'``, which brings a Java runtime too.
"""

from __future__ import annotations

import datetime as dt
import os
import pickle
import sys
import tempfile
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacegraph.corpus.dataset import Dataset
from spacegraph.corpus.documents import Document, Refusal, Shard, input_bytes, shards_of
from spacegraph.corpus.guard import Guard
from spacegraph.corpus.java import java_home
from spacegraph.corpus.progress import Progress
from spacegraph.corpus.reading import Plan, cores, settings_of
from spacegraph.corpus.tables import TABLES, schemas
from spacegraph.corpus.worker import Job, ReadingOptions
from spacegraph.errors import ConfigError, DatasetError, SpacegraphError
from spacegraph.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from spacegraph.corpus.reading import Summary
    from spacegraph.graph.library.identity import Identity
    from spacegraph.graph.rdf.run import Run

__all__ = [
    "copies",
    "identities",
    "nquads",
    "read_articles",
    "read_corpus_with_spark",
    "session",
    "stream",
    "table",
]

#: Times that a task is tried: a worker that somebody killed is no reason to give up.
TRIES = 8
#: Shards that a worker has to read in one job; the driver holds their documents meanwhile.
WAVE = 8
#: The columns of a DataFrame of articles that are read; all but the first two may be missing.
COLUMNS = ("id", "text", "title", "published", "url", "source")
_ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.network.timeout": "600s",
    "spark.executor.heartbeatInterval": "60s",
}
#: The guarded worker of this Python worker of Spark.
_guards: dict[ReadingOptions, Guard] = {}


def session(workers: int | None = None, **settings: str) -> SparkSession:
    """A Spark session: the one that is there, else one on this machine.

    Args:
        workers: Tasks at a time; None is one for each core.
        **settings: Settings of Spark, with ``_`` for ``.`` in their names.

    Raises:
        ConfigError: PySpark is not installed, or there is no Java that it runs on.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        message = "Spark needs PySpark, which is not installed: pip install 'spacegraph[spark]'"
        raise ConfigError(message) from error
    there = SparkSession.getActiveSession()
    if there is not None:
        return there
    # What it says of pandas does not concern tables of Arrow.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    os.environ["JAVA_HOME"] = java_home()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    # Python workers of Spark find the package where this process does.
    paths = [p for p in sys.path if p] + os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, paths)))
    builder = (
        SparkSession.builder.master(os.environ.get("SPARK_MASTER", f"local[{workers or cores()},{TRIES}]"))
        .appName("spacegraph")
        .config("spark.task.maxFailures", str(TRIES))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", str(2 * (workers or cores())))
    )
    if "SPARK_MASTER" not in os.environ:
        # One machine talks to itself: whatever its name leads to, and however busy it is.
        os.environ.setdefault("SPARK_LOCAL_IP", _ALONE["spark.driver.host"])
        for name, value in _ALONE.items():
            builder = builder.config(name, value)
    for name, value in settings.items():
        builder = builder.config(name.replace("_", "."), value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def read_corpus_with_spark(
    inputs: Sequence[str | Path] | str | Path,
    dataset: str | Path,
    *,
    workers: int | None = None,
    options: ReadingOptions | None = None,
    changed: bool = False,
    said: Callable[[str], None] | None = None,
    spark: SparkSession | None = None,
) -> Summary:
    """As :func:`spacegraph.corpus.read_corpus`, by Spark; the data set is the same, byte for byte.

    Args:
        inputs: See there.
        dataset: The folder, which all machines see by this path.
        workers: Tasks at a time, where Spark runs on this machine only.
        options: By what is read, and within which limits.
        changed: Read again what has changed in the inputs since a run before, instead of refusing.
        said: Takes a line about how it stands now and then; None writes to standard error.
        spark: The session; None makes one.

    Raises:
        ConfigError: There is no Spark, no Java, or the reader cannot be loaded.
        DatasetError: The data set cannot be written or gone on with, or an input has changed.
    """
    options = options or ReadingOptions()
    given = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    spark = spark or session(workers)
    found = Dataset.create(Path(dataset).absolute(), settings_of(options))
    with found.writing() as scratch, Progress(input_bytes(given), said) as progress:
        plan = Plan(found, shards_of(given, options.sources, options.shard), progress, changed=changed)
        most = WAVE * max(workers or 0, spark.sparkContext.defaultParallelism)
        wave: list[Shard] = []
        for shard in plan:
            wave.append(shard)
            if len(wave) == most:
                _read_wave(spark, plan, wave, options, scratch=scratch)
                wave = []
        if wave:
            _read_wave(spark, plan, wave, options, scratch=scratch)
        return plan.finish()


def read_articles(articles: DataFrame, options: ReadingOptions | None = None) -> DataFrame:
    """Read a DataFrame of articles.

    Args:
        articles: Its columns are those of :data:`COLUMNS`: ``id`` and ``text``, and, where known, ``title``, ``published``
            (a date or text), ``url`` and ``source``.
        options: By what is read, and within which limits.

    Returns:
        A DataFrame with the rows of all tables; :func:`table` gives those of one. It is read anew for each question that
        it is asked, unless it is kept (``persist()``) or written.

    Raises:
        ConfigError: A column is missing.
    """
    from pyspark.sql import functions as f

    missing = [name for name in COLUMNS[:2] if name not in articles.columns]
    if missing:
        message = f"The DataFrame of articles has no column {' and no '.join(missing)}; it has {', '.join(articles.columns)}."
        raise ConfigError(message)
    chosen = [f.col(n).cast("string") if n in articles.columns else f.lit("").alias(n) for n in COLUMNS]
    return articles.select(*chosen).mapInArrow(
        partial(_read_batches, options=options or ReadingOptions()), _spark_schema(_readings_schema())
    )


def table(readings: DataFrame, name: str) -> DataFrame:
    """The rows of one table of :func:`read_articles`: ``facts``, ``entities``, ``mentions``, ``errors`` or ``articles``."""
    from pyspark.sql import functions as f

    return readings.where(f.col("table") == name).select(f"{name}.*")


def copies(articles: DataFrame) -> DataFrame:
    """The articles that are copies of others, as :func:`spacegraph.corpus.copies.find_copies` finds them.

    Args:
        articles: The table ``articles``.

    Returns:
        ``doc_id`` and ``first``, the oldest of its group, for each article of a group.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    from spacegraph.corpus.copies import ALIKE, BANDS
    from spacegraph.corpus.tables import PERMUTATIONS

    rows = PERMUTATIONS // BANDS
    signed = articles.select("doc_id", "published", "signature")
    bands = signed.select(
        "doc_id",
        f.posexplode(
            f.array(*[f.concat_ws(",", f.slice("signature", band * rows + 1, rows)) for band in range(BANDS)])
        ).alias("band", "key"),
    )
    within = Window.partitionBy("band", "key").orderBy("doc_id")
    beside = bands.select(
        f.col("doc_id").alias("other"),
        f.first("doc_id").over(within).alias("head"),
        f.lag("doc_id").over(within).alias("before"),
    )
    candidates = beside.select("other", f.explode(f.array("head", "before")).alias("one")).where(
        "one IS NOT NULL AND one <> other"
    )
    ones = signed.select(f.col("doc_id").alias("one"), f.col("signature").alias("left"))
    others = signed.select(f.col("doc_id").alias("other"), f.col("signature").alias("right"))
    equal = f.aggregate(
        f.zip_with("left", "right", lambda a, b: (a == b).cast("int")), f.lit(0), lambda x, y: x + y
    )
    linked = (
        candidates.distinct().join(ones, "one").join(others, "other")
        .where(equal >= ALIKE * PERMUTATIONS).select("one", "other")
    )  # fmt: skip
    groups = _components(linked)
    first = (
        groups.join(signed.select("doc_id", "published"), "doc_id")
        .groupBy("group")
        .agg(
            f.min_by("doc_id", f.struct(f.coalesce("published", f.lit(dt.date.max)), "doc_id")).alias("first")
        )
    )
    return groups.join(first, "group").select("doc_id", "first")


def identities(entities: DataFrame, facts: DataFrame, identity: Identity | None = None) -> DataFrame:
    """Who is who across the articles: the decision of a store, name by name.

    Args:
        entities: The table ``entities``.
        facts: The table ``facts``.
        identity: What is known for telling things apart; None goes by the built-in ontology.

    Returns:
        ``doc_id``, ``original`` and ``iri``, where that does not follow from the description alone and differs.
    """
    from pyspark.sql import functions as f

    identity = identity or _built_in_identity()
    said = facts.where(
        (f.col("factuality") == "asserted")
        & ~f.col("ended")
        & f.col("property_iri").isin(sorted(identity.profiled))
    )
    said = said.select(
        f.col("subject_iri").alias("iri"), "doc_id", "property_iri", "object_iri", "object", "object_datatype"
    )
    things = entities.select("iri", "doc_id", "label", "type_iri")
    # A name that is in one article only has nobody to be told from, unless it is a known one.
    several = (
        things.groupBy("iri").count().where((f.col("count") > 1) | f.col("iri").isin(sorted(identity.known)))
    )
    things = things.join(several.select("iri"), "iri")
    said = said.join(several.select("iri"), "iri", "leftsemi")
    # Kinds are looked up by a function that cannot be sent, so the classes that occur go as what they give.
    classes = [row["type_iri"] for row in things.select("type_iri").distinct().collect()]
    told = _Told(
        dict(identity.known), {c: identity.kind_of(c) for c in classes}, identity.functional, identity.telling
    )
    return (
        things.groupBy("iri").cogroup(said.groupBy("iri"))
        .applyInArrow(partial(_decide, told=told), "doc_id string, original string, iri string")
    )  # fmt: skip


def nquads(
    articles: DataFrame,
    facts: DataFrame,
    entities: DataFrame,
    *,
    run: Run,
    identity: Identity | None = None,
    who: DataFrame | None = None,
    copied: DataFrame | None = None,
) -> DataFrame:
    """The graph as lines of N-Quads, in the form of a store of articles; a line may come twice.

    Args:
        articles: The table ``articles``.
        facts: The table ``facts``.
        entities: The table ``entities``.
        run: What produced the facts.
        identity: What is known for telling things apart; None goes by the built-in ontology.
        who: What :func:`identities` gives; None makes it.
        copied: What :func:`copies` gives; None makes it.
    """
    from pyspark.sql import functions as f

    identity = identity or _built_in_identity()
    who = identities(entities, facts, identity) if who is None else who
    copied = copies(articles) if copied is None else copied

    def listed(frame: DataFrame, name: str) -> DataFrame:
        return frame.groupBy("doc_id").agg(f.collect_list(f.struct(*frame.columns)).alias(name))

    whole = (
        articles.select("doc_id", "title", "published", "url", "source", "text")
        .join(listed(facts, "facts"), "doc_id", "left").join(listed(entities, "things"), "doc_id", "left")
        .join(listed(who, "who"), "doc_id", "left").join(copied, "doc_id", "left")
    )  # fmt: skip
    classes = [row["type_iri"] for row in entities.select("type_iri").distinct().collect()]
    told = _Told(
        dict(identity.known), {c: identity.kind_of(c) for c in classes}, identity.functional, identity.telling
    )
    return whole.mapInArrow(partial(_quads, run=run, told=told), "value string")


def stream(
    folder: str | Path,
    dataset: str | Path,
    checkpoint: str | Path,
    *,
    options: ReadingOptions | None = None,
    spark: SparkSession | None = None,
    files: int = 100,
) -> int:
    """Read what has come into a folder of JSON Lines since the last time, and stop: for a feed, run now and then.

    Each batch is written to ``dataset/TABLE/batch=N``, wholly or anew, so that a run that was killed and begun again loses and
    doubles nothing.

    Args:
        folder: Where files come; each is there wholly from the start.
        dataset: Where the tables go.
        checkpoint: Where Spark keeps what has been read.
        options: By what is read, and within which limits.
        spark: The session; None makes one.
        files: Files of one batch at most.

    Returns:
        Batches that were read.

    Raises:
        DatasetError: It cannot be read or written.
    """
    options = options or ReadingOptions()
    spark = spark or session()
    count = 0

    def write(batch: DataFrame, number: int) -> None:
        nonlocal count
        readings = read_articles(batch, options).persist()
        try:
            for name in TABLES:
                table(readings, name).write.mode("overwrite").option("compression", "zstd").parquet(
                    f"{dataset}/{name}/batch={number}"
                )
        finally:
            readings.unpersist()
        count += 1

    schema = ", ".join(f"`{name}` string" for name in COLUMNS)
    try:
        source = spark.readStream.schema(schema).option("maxFilesPerTrigger", files).json(str(folder))
        query = (
            source.writeStream.foreachBatch(write)
            .option("checkpointLocation", str(checkpoint))
            .trigger(availableNow=True)
            .start()
        )
        query.awaitTermination()
    except Exception as error:
        raise _failed(error) from error
    return count


def _read_wave(
    spark: SparkSession,
    plan: Plan,
    wave: list[Shard],
    options: ReadingOptions,
    *,
    scratch: Path,
) -> None:
    rows = [(shard.name, bytearray(pickle.dumps(shard))) for shard in wave]
    frame = spark.createDataFrame(rows, "name string, shard binary").repartition(len(rows), "name")
    read = partial(_read_shards, path=str(plan.dataset.path), scratch=str(scratch), options=options)
    try:
        done = frame.mapInArrow(read, "name string, error string").collect()
    except Exception as error:
        raise _failed(error) from error
    for row in done:
        if row["error"]:
            raise DatasetError(row["error"])
    for shard in wave:
        plan.done(shard)


def _failed(error: Exception) -> SpacegraphError:
    """A sentence for what Spark says at length."""
    if isinstance(error, SpacegraphError):
        return error
    said = str(error)
    if "No module named" in said:
        return ConfigError(
            "A worker of Spark lacks a package: "
            f"{said[said.index('No module named') :].splitlines()[0]}. Install spacegraph[spark] on every machine."
        )
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = next(
        (line for line in reversed(lines) if "Error: " in line), lines[0] if lines else type(error).__name__
    )
    return DatasetError(
        f"Spark gave up: {told[:300].rstrip('.')}. Give the same command again: it goes on where it stopped."
    )


# What Spark's Python workers run


def _read_shards(
    batches: Iterable[pa.RecordBatch], *, path: str, scratch: str, options: ReadingOptions
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    dataset = Dataset.open(path, complete=False)
    for batch in batches:
        for name, data in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            shard: Shard = pickle.loads(data)  # noqa: S301  (the driver's own)
            error = ""
            # A task that is tried again, while the first try may not have ended, has a folder of its own.
            with tempfile.TemporaryDirectory(prefix=name, dir=scratch) as folder:
                job = Job(documents=shard.documents, folder=folder, name=name, digest=shard.digest)
                try:
                    _guard(options).read(job)
                    dataset.commit(Path(folder), name)
                except SpacegraphError as failed:
                    error = str(failed)
            yield pa.RecordBatch.from_pydict({"name": [name], "error": [error]})


def _read_batches(batches: Iterable[pa.RecordBatch], *, options: ReadingOptions) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    schema = _readings_schema()
    for batch in batches:
        rows = batch.to_pylist()
        for start in range(0, len(rows), options.shard):
            documents = tuple(map(_document, rows[start : start + options.shard]))
            result = _guard(options).read(Job(documents=documents))
            for name in TABLES:
                found = pa.ipc.open_stream(result.tables[name]).read_all()
                if not found.num_rows:
                    continue
                columns: list[Any] = [pa.array([name] * found.num_rows)]
                columns += [
                    found.to_struct_array().combine_chunks()
                    if other == name
                    else pa.nulls(found.num_rows, schema.field(other).type)
                    for other in TABLES
                ]
                yield from pa.Table.from_arrays(columns, schema=schema).to_batches()


def _document(row: Mapping[str, Any]) -> Document:
    identifier = row["id"] or ""
    label = f"the article {identifier!r}"
    if row["text"] is None or not identifier:
        lacking = "text" if identifier else "id"
        return Document(
            id=identifier, label=label, refusal=Refusal("refused", "SourceError", f"A row has no {lacking}.")
        )
    published = (row["published"] or "")[:10]
    try:
        day = dt.date.fromisoformat(published) if published else None
    except ValueError:
        message = f"The article {identifier!r} has a published that is no date: {published!r}."
        return Document(id=identifier, label=label, refusal=Refusal("refused", "SourceError", message))
    article = Article(
        id=identifier, text=row["text"], title=row["title"] or "", published=day, url=row["url"] or "",
        source=row["source"] or "",
    )  # fmt: skip
    return Document(id=identifier, label=label, article=article)


def _decide(things: pa.Table, said: pa.Table, *, told: _Told) -> pa.Table:
    import pyarrow as pa

    from spacegraph.corpus.identity import decide_block, profiles_of
    from spacegraph.graph.library.stored_article import Description

    descriptions = sorted(
        (
            Description(doc_id=r["doc_id"], original=r["iri"], label=r["label"], cls=r["type_iri"])
            for r in things.to_pylist()
        ),
        key=lambda d: d.doc_id,
    )
    rows = zip(*(column.to_pylist() for column in said.columns), strict=True)
    found: dict[str, str] = {}
    if descriptions:
        found, _ = decide_block(descriptions, profiles_of(rows), told.identity())
    original = descriptions[0].original if descriptions else ""
    columns = {"doc_id": list(found), "original": [original] * len(found), "iri": list(found.values())}
    return pa.table(columns, schema=pa.schema([(n, pa.string()) for n in columns]))


def _quads(batches: Iterable[pa.RecordBatch], *, run: Run, told: _Told) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    from spacegraph.corpus.loading import article_quads, article_rows, resolved_things

    identity = told.identity()
    for batch in batches:
        named: set[int] = set()
        for row in batch.to_pylist():
            facts, things, who = row.pop("facts") or [], row.pop("things") or [], row.pop("who") or []
            first = row.pop("first") or ""
            rows = article_rows(row, things, facts)
            others = {w["original"]: w["iri"] for w in who}
            quads = article_quads(rows, run, resolved_things(rows, identity, others), first, named)
            yield pa.RecordBatch.from_pydict({"value": quads.splitlines()})


class _Told:
    """An identity that can be sent: kinds as what they are of the classes that occur."""

    def __init__(
        self,
        known: dict[str, str],
        kinds: dict[str, str],
        functional: frozenset[str],
        telling: frozenset[str],
    ) -> None:
        self.known, self.kinds, self.functional, self.telling = known, kinds, functional, telling

    def identity(self) -> Identity:
        from spacegraph.graph.library.identity import Identity

        return Identity(
            known=self.known,
            kind_of=lambda iri: self.kinds.get(iri, ""),
            functional=self.functional,
            telling=self.telling,
        )


def _guard(options: ReadingOptions) -> Guard:
    if options not in _guards:
        for guard in _guards.values():
            guard.close()
        _guards.clear()
        _guards[options] = Guard(options)
    return _guards[options]


def _components(linked: DataFrame) -> DataFrame:
    """``doc_id`` and ``group``, the smallest identifier that hangs together with it."""
    from pyspark.sql import functions as f

    both = linked.union(linked.select("other", "one")).toDF("doc_id", "neighbour").distinct().persist()
    labels = (
        both.groupBy("doc_id")
        .agg(f.least(f.col("doc_id"), f.min("neighbour")).alias("group"))
        .localCheckpoint()
    )
    while True:
        spread = (
            both.join(labels.withColumnRenamed("doc_id", "neighbour"), "neighbour")
            .groupBy("doc_id")
            .agg(f.min("group").alias("near"))
        )
        after = (
            labels.join(spread, "doc_id")
            .select(
                "doc_id",
                f.least("group", "near").alias("group"),
                (f.col("near") < f.col("group")).alias("moved"),
            )
            .localCheckpoint()
        )
        labels = after.drop("moved")
        if after.where("moved").isEmpty():
            both.unpersist()
            return labels


def _readings_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("table", pa.string()), *((name, pa.struct(list(schemas()[name]))) for name in TABLES)])


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)


def _built_in_identity() -> Identity:
    from spacegraph.graph.library.identity import Identity
    from spacegraph.rdf_ontology import load_ontology

    return Identity.of(load_ontology())
