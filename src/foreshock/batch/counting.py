"""What stands in a folder of coded files, counted by DuckDB over the Parquet: it needs no more memory than it is given."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import TemporaryDirectory

from foreshock.batch.libraries import library
from foreshock.batch.output import DOCUMENTS, Output

MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a whole folder.

    Attributes:
        files: coded input files.
        documents: rows of documents, each (id, version) at most once a file.
        distinct: document versions; ``documents - distinct`` stand in more than one file.
        claims: claims of all rows.
    """

    files: int
    documents: int
    distinct: int
    claims: int


def tally(output: Output) -> Tally:
    """Count what stands in a folder.

    Raises:
        BackfillError: DuckDB is not installed.
    """
    paths = [str(folder / DOCUMENTS) for folder, _ in output.manifests()]
    if not paths:
        return Tally(0, 0, 0, 0)
    with TemporaryDirectory(prefix="foreshock-") as spill, library("duckdb").connect(":memory:") as database:
        database.execute(f"SET memory_limit = '{MEMORY}'")
        database.execute("SET temp_directory = $1", [spill])
        found = database.execute(
            "SELECT sum(n), count(*), sum(claims) FROM ("
            "SELECT count(*) AS n, sum(claims) AS claims FROM read_parquet($1) GROUP BY id, version)",
            [paths],
        ).fetchone()
    documents, distinct, claims = (int(one or 0) for one in found)
    return Tally(len(paths), documents, distinct, claims)
