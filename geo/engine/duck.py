"""DuckDB in this process: out of core, so that what does not fit into memory goes to disk."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import duckdb
import fsspec
import ibis  # type: ignore[import-untyped]
import ibis.expr.types as ir  # type: ignore[import-untyped]
import pyarrow as pa

from geo.engine.header import names_of
from geo.engine.inputs import Input
from geo.errors import EngineError, UnreadableFile

MEMORY = "1200MB"
"""What DuckDB may hold; the rest goes to disk, so that the whole process stays under 2 GB."""
BROKEN = "its bytes are damaged, or of another form"
BATCH = 2**17
"""Rows of a result at a time."""
EXPORT = "Export it again."
AGAIN_S = 0.1


class Session:
    """One DuckDB, with its temporary files in a folder."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._protocols: set[str] = set()

    def run(self, asked: ir.Table, tables: Mapping[str, pa.Table]) -> pa.Table:
        """What an expression gives. tables: those that it names, beside the file that was opened last."""
        with self._asked(asked, tables) as found:
            return found.to_arrow_table()

    def keep(self, asked: ir.Table, tables: Mapping[str, pa.Table], name: str) -> ir.Table:
        """What an expression gives as a table of its own: worked out once, however many questions are asked of it."""
        with self._known(tables), _in_words():
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS {_sql(asked)}")
        return ibis.table(asked.schema(), name=name)

    def batches(self, asked: ir.Table, tables: Mapping[str, pa.Table]) -> Iterator[pa.RecordBatch]:
        """The same, part by part: all of it need not fit into memory."""
        with self._asked(asked, tables) as found:
            yield from found.to_arrow_reader(BATCH)

    @contextmanager
    def _asked(self, asked: ir.Table, tables: Mapping[str, pa.Table]) -> Iterator[duckdb.DuckDBPyRelation]:
        with self._known(tables), _in_words():
            yield self.connection.sql(_sql(asked))

    @contextmanager
    def _known(self, tables: Mapping[str, pa.Table]) -> Iterator[None]:
        """As long as the context lasts, tables have their names in DuckDB."""
        for name, table in tables.items():
            self.connection.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                self.connection.unregister(name)

    def open(self, file: Input) -> tuple[ir.Table, int]:
        """The rows of a file, under their own names, and how many could not be told apart. Raises UnreadableFile."""
        self._know(file.protocol)
        with _of(file):
            if file.form == "parquet":
                self.connection.execute(f"CREATE OR REPLACE VIEW legs AS SELECT * FROM read_parquet({_path(file)})")  # noqa: S608 -- a literal
                cut = 0
            else:
                cut = self._open_csv(file)
            schema = self.connection.sql("SELECT * FROM legs LIMIT 0").to_arrow_table().schema
        return ibis.table(ibis.Schema.from_pyarrow(schema), name="legs"), cut

    def execute(self, statement: str) -> None:
        """Runs a statement of DuckDB's own SQL."""
        with _in_words():
            self.connection.execute(statement)

    def distinct(self, columns: Mapping[str, str]) -> pa.Table:
        """The different rows of some columns of the file that was opened last. columns: our names -> the file's."""
        with _in_words():
            return self.connection.sql(f"SELECT DISTINCT {_named(columns)} FROM legs").to_arrow_table()  # noqa: S608 -- names

    def gather(self, into: str, columns: Mapping[str, str], wanted: pa.Table, number: int) -> ir.Table:
        """Adds the rows in which a row of `wanted` stands to a table, with the number of their file as `file`.

        columns: our names -> those of the file that was opened last; among them those of wanted. -> the table.
        """
        alike = " AND ".join(
            f"l.{_name(columns[each])} IS NOT DISTINCT FROM w.{_name(each)}" for each in wanted.schema.names
        )
        rows = f"SELECT {number}::BIGINT AS file, {_named(columns)} FROM legs l SEMI JOIN wanted w ON {alike}"  # noqa: S608
        self.connection.register("wanted", wanted)
        try:
            with _in_words():
                found = self.connection.sql(
                    f"SELECT 1 FROM duckdb_tables() WHERE table_name = {quoted(into)}"  # noqa: S608
                ).fetchall()
                begin = f"INSERT INTO {_name(into)}" if found else f"CREATE TEMP TABLE {_name(into)} AS"
                self.connection.execute(f"{begin} {rows}")
                schema = self.connection.sql(f"SELECT * FROM {_name(into)} LIMIT 0").to_arrow_table().schema  # noqa: S608
        finally:
            self.connection.unregister("wanted")
        return ibis.table(ibis.Schema.from_pyarrow(schema), name=into)

    @contextmanager
    def within(self, seconds: float) -> Iterator[threading.Event]:
        """Stops what takes longer, with TimeoutError. -> what is set once the time is over."""
        over, done = threading.Event(), threading.Event()

        def stop() -> None:
            # Again and again: between two statements there is nothing to interrupt.
            pause = seconds
            while not done.wait(pause):
                over.set()
                self.connection.interrupt()
                pause = AGAIN_S

        watch = threading.Thread(target=stop, daemon=True)
        watch.start()
        try:
            yield over
        except KeyboardInterrupt:
            if over.is_set():
                raise TimeoutError from None
            raise
        finally:
            done.set()
            watch.join()

    def _open_csv(self, file: Input) -> int:
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names_of(file))
        told = f"header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false, columns = {{{columns}}}"
        self.connection.execute("DROP VIEW IF EXISTS legs; DROP TABLE IF EXISTS rows_of_csv")
        self.connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        # Read once, since four questions follow, and each would read it anew.
        self.connection.execute(
            f"CREATE TEMP TABLE rows_of_csv AS SELECT * FROM read_csv({_path(file)}, {told}, store_rejects = true)"  # noqa: S608
        )
        self.connection.execute("CREATE OR REPLACE VIEW legs AS SELECT * FROM rows_of_csv")
        ((cut,),) = self.connection.sql("SELECT count(DISTINCT line) FROM reject_errors").fetchall()
        return int(cut)

    def _know(self, protocol: str) -> None:
        if protocol not in ("file", "local", *self._protocols):
            self.connection.register_filesystem(fsspec.filesystem(protocol))
            self._protocols.add(protocol)


@contextmanager
def session(folder: Path) -> Iterator[Session]:
    """A DuckDB whose temporary files lie in a folder; gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.callback(_gone, folder)
        connection = stack.enter_context(duckdb.connect())
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET temp_directory = {quoted(str(folder))}")
        yield Session(connection)


def _sql(asked: ir.Table) -> str:
    return str(ibis.to_sql(asked, dialect="duckdb", pretty=False))


def _gone(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()  # where nothing else came of it


def _path(file: Input) -> str:
    """A file's address as a literal, in which no character stands for others."""
    return quoted("".join(f"[{each}]" if each in "*?[" else each for each in file.address))


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _named(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{_name(header)} AS {_name(ours)}" for ours, header in columns.items())


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def _of(file: Input) -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except (duckdb.Error, pa.ArrowException, UnicodeDecodeError) as error:
        reason = f"cannot be read as {file.form}: {BROKEN} ({str(error).strip().splitlines()[0]})"
        raise UnreadableFile(file.address, reason, EXPORT) from error


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise EngineError("DuckDB", reason, "Check the file named last, and the room on the disk.") from error
