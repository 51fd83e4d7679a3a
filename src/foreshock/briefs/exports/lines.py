"""JSON Lines: every table a file, every row an object on a line of its own, for programs that read as they go."""

from __future__ import annotations

import json
from typing import IO

from foreshock.briefs.exports.columns import layouts
from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.briefs.exports.sink import Parts


class Lines:
    """Writes NAME.jsonl of each table, and notice.json."""

    def __init__(self, parts: Parts) -> None:
        """Begin every table, so that one without rows is an empty file."""
        self._parts = parts
        self._files: dict[str, IO[str]] = {name: parts.text(f"{name}.jsonl") for name in layouts()}

    def add(self, table: str, row: Row) -> None:
        """Write a row."""
        json.dump(row, self._files[table], ensure_ascii=False, separators=(",", ":"))
        self._files[table].write("\n")

    def finish(self, notice: Notice) -> None:
        """Write the notice beside the tables, whose lines are rows and nothing else."""
        file = self._parts.text("notice.json")
        json.dump(notice.fields(), file, ensure_ascii=False, indent=2)
        file.write("\n")
