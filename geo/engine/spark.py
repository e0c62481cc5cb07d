"""An Apache Spark session: expressions of Ibis run on it as its own SQL, tables come and go through Arrow."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import pyarrow as pa

from geo.engine.header import names_of
from geo.engine.inputs import Input
from geo.errors import EngineError, UnreadableFile

LOCAL = "local[*]"
"""Where no master is named: this machine, all its processors."""
OPTIONS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}
ON_ONE_MACHINE = {"spark.sql.shuffle.partitions": "16"}
"""A local master: Spark's own 200 parts of each step are for a cluster, and take minutes for a small file."""
INSTALL = 'Install it: pip install "waybill-map[spark]".'
_REAL = re.compile(
    r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`)|(?<![\w.])([0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)(?![\w.])"""
)
"""Texts and names, which stay as they are; or a number with a fraction or an exponent."""
HINT = "Spark needs Java 17 or newer (JAVA_HOME, or java on the path), and the address of a master that answers."
_CUT = "_corrupt_record"


class Session:
    """One Spark session."""

    def __init__(self, spark: Any) -> None:  # noqa: ANN401 -- pyspark is an extra, and not there where types are checked
        self.spark = spark

    def run(self, asked: ir.Table, tables: Mapping[str, pa.Table]) -> pa.Table:
        """What an expression gives. tables: those that it names, beside the file that was opened last."""
        with _forgiving():
            try:
                for name, table in tables.items():
                    self.spark.createDataFrame(table).createOrReplaceTempView(name)
                return self.spark.sql(compiled(asked)).toArrow()
            except _errors() as error:
                hint = "Check the file named last, and what Spark's own log says of it."
                raise EngineError("Spark", first_line(error), hint) from error

    def batches(self, asked: ir.Table, tables: Mapping[str, pa.Table]) -> Iterator[pa.RecordBatch]:
        """The same, part by part."""
        yield from self.run(asked, tables).to_batches()

    def open(self, file: Input) -> tuple[ir.Table, int]:
        """The rows of a file, under their own names, and how many could not be told apart. Raises UnreadableFile."""
        with _forgiving():
            try:
                rows, cut = self._csv(file) if file.form == "csv" else (self.spark.read.parquet(_path(file)), 0)
                rows.createOrReplaceTempView("legs")
                schema = rows.limit(0).toArrow().schema
            except _errors() as error:
                reason = f"cannot be read as {file.form}: {first_line(error)}"
                raise UnreadableFile(file.address, reason, "Export it again.") from error
        return ibis.table(ibis.Schema.from_pyarrow(schema), name="legs"), cut

    def _csv(self, file: Input) -> tuple[Any, int]:
        names = names_of(file)
        schema = ", ".join(f"`{name.replace('`', '``')}` STRING" for name in [*names, _CUT])
        reader = self.spark.read.schema(schema).option("header", "true").option("mode", "PERMISSIVE")
        reader = reader.option("columnNameOfCorruptRecord", _CUT).option("multiLine", "true").option("escape", '"')
        # Read once: which rows are cut is known of whole rows alone, and four questions follow.
        rows = reader.option("enforceSchema", "true").csv(_path(file)).cache()
        cut = rows.filter(rows[_CUT].isNotNull()).count()
        return rows.filter(rows[_CUT].isNull()).drop(_CUT), int(cut)


def compiled(asked: ir.Table) -> str:
    """An expression as Spark's SQL. 0.0 alone is a decimal there, and 0.0D a double."""
    with _forgiving():
        ibis.pyspark  # noqa: B018 -- its options are there from the first mention on, and compiling reads them
    return _REAL.sub(lambda found: found[1] or f"{found[2]}D", str(ibis.to_sql(asked, dialect="pyspark")))


@contextmanager
def session(master: str = LOCAL, options: Mapping[str, str] | None = None) -> Iterator[Session]:
    """A session on a master, stopped at the end. Raises EngineError where there is none to be had."""
    here = ON_ONE_MACHINE if master.startswith("local") else {}
    made = _made(master, {**OPTIONS, **here, **(options or {})})
    try:
        yield Session(made)
    finally:
        made.stop()


def _made(master: str, options: Mapping[str, str]) -> Any:  # noqa: ANN401 -- as above
    with _forgiving():
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise EngineError("Spark", "pyspark is not installed", INSTALL) from error
        if master.startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master(master).appName("Waybill")
        for name, value in options.items():
            builder = builder.config(name, value)
        try:
            return builder.getOrCreate()
        except (*_errors(), RuntimeError, OSError, ValueError) as error:  # type: ignore[misc]  # of a function
            raise EngineError("Spark", f"no session on {master!r}: {first_line(error)}", HINT) from error


def _errors() -> tuple[type[Exception], ...]:
    """What Spark raises."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def first_line(error: Exception) -> str:
    """The beginning of what an engine says; the rest is the engine's own affair."""
    thrown = getattr(error, "java_exception", None)
    told = str(thrown.getMessage() if thrown is not None else error).strip() or type(error).__name__
    return told.splitlines()[0].removesuffix(".")


def _path(file: Input) -> str:
    """A file's address for Hadoop, in which no character stands for others."""
    escaped = "".join(f"\\{each}" if each in "*?[]{}\\" else each for each in file.address)
    return f"file://{escaped}" if file.protocol in ("file", "local") else escaped


@contextmanager
def _forgiving() -> Iterator[None]:
    """PySpark warns of pandas 3, which is not used here: all goes through Arrow."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=FutureWarning)
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        warnings.filterwarnings("ignore", category=ResourceWarning)
        yield
