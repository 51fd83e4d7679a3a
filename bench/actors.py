"""Actors: which country and sector has the actor that a phrase names?

Source: PATH is a .json list of cases of an actor resolver's own tests: ``args`` (phrase, country that the text is about, day),
``kw`` (``query_date``) and ``gold`` (``country``, ``code_1``), as those of the NGEC coder (Halterman et al. 2023), with names
and offices that its authors looked up in an encyclopaedia.

Metric: ``both_right`` is the share of the cases with country and first sector right; ``country`` and ``sector`` are the shares of
each. A case counts where it has a phrase and its gold says both; "????" is no gold. Matching rules: no sector, UNK and null are
one; a state named alone has no sector in the set, and is its government here, as in the contract ("Moscow said"): both are
right; the set's country marks of what is no state (UNO, EUR, IGO) are null here. The day is
handed to the resolver; days in words ("today", "10 May 2015") are read with the rules of English. The country that some cases
name beside the phrase is not.

Others: a dictionary .14. Our bar .60, the goal .85.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from foreshock.coding.actors import resolve_actor
from foreshock.coding.times import find_times, und_table
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

NOWHERE = frozenset({"UNO", "EUR", "IGO", "NGO", ""})
NO_SECTOR = frozenset({None, "", "UNK"})
TODAY = "2022-06-01"  # the set was written in that year


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return ``both_right``, ``country``, ``sector`` and ``of``.

    Raises:
        FileNotFoundError: PATH is no .json file and holds none.
    """
    paths = sorted(data.glob("*.json")) if data.is_dir() else [data]
    if not paths:
        raise FileNotFoundError(f"{data} holds no .json file; pass one, or a folder of them")
    rows = [row for path in paths for row in json.loads(path.read_text(encoding="utf-8")) if judged(row)][:limit]
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    found = [verdict(row, bench) for row in rows]
    share = [round(sum(one[part] for one in found) / len(found), 3) if found else None for part in (0, 1)]
    both = round(sum(all(one) for one in found) / len(found), 3) if found else None
    return {"both_right": both, "country": share[0], "sector": share[1], "of": len(found), "coder": coder}


def judged(row: dict[str, Any]) -> bool:
    """Whether a case has a phrase and a gold of country and sector."""
    gold = row.get("gold") or {}
    return bool(row.get("args")) and "country" in gold and "code_1" in gold and gold["code_1"] != "????"


def verdict(row: dict[str, Any], bench: Workbench) -> tuple[bool, bool]:
    """Return whether the country is right and whether the sector is."""
    phrase, _, day = (*row["args"], None, None)[:3]
    when = iso_day(row.get("kw", {}).get("query_date") or day)
    ours = resolve_actor(phrase, catalogue=bench.catalogue, gazetteer=bench.gazetteer, language="en", when=when)
    gold = row["gold"]
    state = gold["code_1"] == "" and ours.sector == "GOV" and ours.country == gold["country"] != ""
    sector = state or (ours.sector in NO_SECTOR and gold["code_1"] in NO_SECTOR) or ours.sector == gold["code_1"]
    return (ours.country or "") == ("" if gold["country"] in NOWHERE else gold["country"]), sector


def iso_day(words: str | None) -> str | None:
    """Return the ISO prefix of a day in figures or words, None without one."""
    if not words:
        return None
    if words == "today":
        return TODAY
    found = find_times(words, offset=0, table=und_table("en"), reference=TODAY)
    return found[0].when.start if found else words
