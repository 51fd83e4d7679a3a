"""Actor phrases of many languages: how many get both their country and their sector, with a floor a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from foreshock.coding.actors import resolve_actor
from foreshock.ontology.actor_catalogue import ActorCatalogue

FILES = sorted(Path(__file__).parent.glob("actors_gold_*.yaml"))
FLOOR = 0.85


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_phrases_of_the_press_get_country_and_sector(path: Path, catalogue: ActorCatalogue) -> None:
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    wrong = []
    for language, rows in gold.items():
        for phrase, country, sector in rows:
            actor = resolve_actor(phrase, catalogue=catalogue, gazetteer=None, language=language)
            if (actor.country, actor.sector) != (country, sector):
                wrong.append((language, phrase, actor.country, actor.sector))
    total = sum(map(len, gold.values()))
    assert total - len(wrong) >= FLOOR * total, wrong
