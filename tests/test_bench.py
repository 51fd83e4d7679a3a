"""Measures that take under a minute run where their data is present, and fail below the floor that bench/floors.json pins."""

import importlib
import json
import os
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = json.loads((ROOT / "bench" / "floors.json").read_text(encoding="utf-8"))
DATA = Path(os.environ.get("FORESHOCK_DATA", ROOT.parent / "shared" / "data"))
GOLD = ROOT / "tests" / "gold"
PATHS = {
    "seed": DATA / "seed",
    "articles": DATA / "articles",
    "gold": GOLD / "articles",
    "time": DATA / "time" / "recognizers",
    "attribution": DATA / "attribution" / "polnear_train",
    "factuality": DATA / "factuality" / "uw_dev.jsonl",
    "standing": GOLD / "standing",
    "surface": GOLD / "surface",
    "figures": GOLD / "figures",
    "calibration": GOLD / "articles",
    "corpus": ROOT / "corpus",
    "plv": DATA / "coding" / "plv_train.tsv",
    "acled": DATA / "coding" / "acled_types_odd.tsv",
    "spanish": DATA / "coding" / "spanish_fight_312.jsonl",
    "actors": DATA / "coding" / "actor_phrases_odd.json",
    "event-place": DATA / "coding" / "event_location_dev.jsonl",
    "geo": DATA / "geo",
    "geo-names": DATA / "geo" / "crisis_names_107.tsv",
    "traps": GOLD / "traps",
    "incidents": GOLD / "incidents",
    "disputes": GOLD / "disputes",
    "weigh-coups": DATA / "forecast",
    "weigh-crisis": DATA / "forecast",
    "weigh-priors": DATA / "forecast",
    "weigh-replay": DATA,
    "weigh-deaths": DATA / "forecast",
    "ledger": Path(tempfile.gettempdir()),
    "speed": DATA / "corpora" / "throughput_rss_100k.jsonl.gz",
    "precedents": ROOT / "src" / "foreshock" / "scenarios" / "precedents" / "table",
}


def told(found, key):
    """Return what a bench told under a key; a dot goes into a part of it."""
    for part in key.split("."):
        found = (found or {}).get(part)
    return found or 0


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_measure_holds_its_floor(name):
    # "corpus:encoder" is the bench of the corpus with the encoder; one that names no coder is measured with "auto".
    floors = dict(FLOORS[name])
    name, _, coder = name.partition(":")
    if not PATHS[name].exists() or not (DATA.parent / "tools" / "score_claims.py").exists():
        pytest.skip(f"the data of bench {name} is not at {PATHS[name]} (FORESHOCK_DATA)")
    bench = importlib.import_module(f"bench.{name.replace('-', '_')}")
    found = bench.run(PATHS[name], coder=coder or "auto", limit=floors.pop("limit", None))
    ceilings = floors.pop("at_most", {})
    below = {key: (told(found, key), floor) for key, floor in floors.items() if told(found, key) < floor}
    below |= {key: (told(found, key), most) for key, most in ceilings.items() if told(found, key) > most}
    assert not below, f"bench {name} passed its floor or ceiling (found, pinned): {below}"


def test_every_bench_says_what_it_measures():
    for path in sorted((ROOT / "bench").glob("[a-z]*.py")):
        if not hasattr(importlib.import_module(f"bench.{path.stem}"), "run"):
            continue  # what benches share
        doc = importlib.import_module(f"bench.{path.stem}").__doc__ or ""
        assert "Metric" in doc, path.name
        assert "Source" in doc, path.name
