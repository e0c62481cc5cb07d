"""An Apache Spark session: expressions of Ibis run on it as its own SQL, tables come and go through Arrow."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

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
OTHER = "Check that it is a Spark master, of the version of PySpark here, and that it can reach this machine."
MASTERS = "Write local[*], spark://HOST:7077, yarn or k8s://HOST:PORT."
_MASTER = re.compile(r"local(-cluster)?(\[[0-9*, ]+\])?|yarn|(spark|k8s)://\S+")
PORT = 7077
ANSWER_S = 10.0
"""For a master to take a connection."""
STOP_S = 30.0
"""For a session to end."""
OF_CTRL_C = ("KeyboardInterrupt while sending command", "Exception occurred while shutting down connection")
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
    _check(master)
    here = ON_ONE_MACHINE if master.startswith("local") else {}
    before = signal.getsignal(signal.SIGINT) or signal.default_int_handler
    with _without_tracebacks():
        made = _made(master, {**OPTIONS, **here, **(options or {})})
        try:
            if threading.current_thread() is threading.main_thread():
                # Spark's own cancels the jobs over a connection on which another answer is awaited, and fails.
                signal.signal(signal.SIGINT, before)
            yield Session(made)
        finally:
            # What was stopped may have left an answer on this thread's connection: another thread has one of its own.
            stopping = threading.Thread(target=_stop, args=(made,), daemon=True)
            stopping.start()
            stopping.join(STOP_S)


@contextmanager
def _without_tracebacks() -> Iterator[None]:
    """Py4J logs Ctrl+C at length, and what it finds when it closes its connection for that."""

    def is_news(record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith(OF_CTRL_C)

    loggers = [logging.getLogger(name) for name in ("", "py4j.clientserver", "py4j.java_gateway")]
    for each in loggers:
        each.addFilter(is_news)
    try:
        yield
    finally:
        for each in loggers:
            each.removeFilter(is_news)


@contextmanager
def _held_back() -> Iterator[None]:
    """Ctrl+C waits until Java is there: before, it would be left behind, and run on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked.is_set():
        raise KeyboardInterrupt


def _stop(made: Any) -> None:  # noqa: ANN401 -- as above
    with suppress(OSError, *_errors()):
        made.stop()


def _check(master: str) -> None:
    """Raises EngineError for what is no master, and where none answers, before Spark tries for minutes."""
    if not _MASTER.fullmatch(master):
        raise EngineError("Spark", f"{master!r} is no master", MASTERS)
    if not master.startswith("spark://"):
        return
    failures = []
    for each in master.removeprefix("spark://").split(","):
        try:
            host = urlsplit(f"//{each}")
            with socket.create_connection((host.hostname or "", host.port or PORT), ANSWER_S):
                return
        except (OSError, ValueError) as error:
            failures.append(f"{each}: {getattr(error, 'strerror', None) or error}")
    reason = f"no master answers at {master} ({'; '.join(failures)})"
    raise EngineError("Spark", reason, "Start it, or correct --master.")


def _made(master: str, options: Mapping[str, str]) -> Any:  # noqa: ANN401 -- as above
    with _forgiving():
        try:
            from pyspark import SparkConf, SparkContext
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise EngineError("Spark", "pyspark is not installed", INSTALL) from error
        if master.startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        conf = SparkConf().setMaster(master).setAppName("Waybill").setAll(list(options.items()))
        try:
            with _held_back():
                SparkContext._ensure_initialized(conf=conf)  # noqa: SLF001 -- Java is started by nothing public alone
            return SparkSession.builder.config(conf=conf).getOrCreate()
        except (*_errors(), RuntimeError, OSError, ValueError) as error:  # type: ignore[misc]  # of a function
            told = first_line(error)
            if "stopped SparkContext" in told:  # its own words for a master that it asked three times
                raise EngineError("Spark", f"what answers at {master} takes no application", OTHER) from error
            raise EngineError("Spark", f"no session on {master!r}: {told}", HINT) from error


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
