"""The whole system: does reading the news beat not reading it, before violence escalates?

Source: Wikipedia's Portal:Current events, 75,697 dated items of 2002-2019 (CC BY-SA 4.0), coded by our rules, joined into
incidents as they arrived; deaths a country-month of UCDP GED. PATH is the folder with ``corpora`` and ``forecast``. Coding takes
the better part of an hour and is kept under ``FORESHOCK_BENCH_CACHE`` (a folder of the temporary one by default). ``--limit N``
takes the first N items: a test of the way through, not a measure.

Metric: mean log score in nats, less is better, and AUC, over country-months of 2013-2019 in which fewer than 25 people died in
the last three months; the outcome is 25 or more in the next three. ``prior`` is a logistic regression on GED history, ``base``
the rate of all. ``reading`` is the prior and how many incidents of organised force the last 180 days told of, each once: attacks,
forces moved, ground held or taken, by or on armed groups, forces or authorities. ``counts``, ``keywords`` and ``shifted`` are the
prior and, by the same learner, how many items name the country; items that name it with a word of violence; the incidents of
the same country twelve months earlier. ``log_score`` is what is published: the sequential mixture of prior and reading.
``difference`` is reading minus prior, ``difference_shifted`` reading minus shifted and so on, each with its 90 % interval over
countries drawn anew. On top the prior knows what was published by the day (a year's events appear in June of the next), which is
what not reading means; under ``at_once`` it knows GED to the last day of the month, as if it were published at once: harder.

Matching rule: a year's forecasts are learned from outcomes whose year was published before it began: up to December of the year
before last. Nothing of the month after the as-of day is read.

What was chosen, on outcomes of 2006-2012 alone: the prior's features and strength; that a level is told, of a feed brought to
ten items a day, not whether an indicator exceeds its own past; which acts and sides; 180 days; the learner's strength (30, 100,
300). Well over a hundred configurations (features, windows, strengths) were looked at there, so its own figures are too good.
Of those that did worse than the prior: the package's nineteen indicators together, fired or as exceedances of 14, 30 and 90
days, by ridge; within countries by conditional likelihood they shrank to nothing. Kinds in four classes, deaths told,
neighbours, protest, threats, talks and resignations added nothing.

2013-2019 was opened once, on 2026-11-29, and nothing was chosen after. Reading minus prior -.00028 [-.00111, +.00059], minus
shifted -.00034 [-.00108, +.00041]: inside noise. What is published minus prior -.000080 [-.000165, -.000002]: off 0, and small,
for the reading has a tenth of the weight. At once: +.00007 [-.00029, +.00047]. Reading ranks better (AUC .914, prior .891), was
better in 2013-15 and worse in 2016-19, where it said too much. Added after the opening: ``auc_gain`` +.022 [+.001, +.048], and
``difference_published_shifted``, the mixture of reading minus that of shifted text, -.000085 [-.000160, -.000016].
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from bench import weigh_reading_parts as parts
from foreshock import pipeline
from foreshock.model import Happening
from foreshock.ontology.actor_catalogue import load_catalogue
from foreshock.pipeline import corpus
from foreshock.scenarios.fitting.escalation import CORPUS, Told, daily_counts, last_day
from foreshock.scenarios.histories.escalations import FIRST_YEAR, Deaths, escalates, read_deaths
from foreshock.scenarios.indicators import Indicator
from foreshock.scenarios.mixture import Mixture, Settled
from foreshock.scenarios.scoring.paired import paired
from foreshock.scenarios.scoring.scores import auc, losses
from foreshock.settings import read_settings

Floats = NDArray[np.float64]
# Chosen on outcomes of 2006-2012, see the docstring.
PRIOR_STRENGTH = 0.1
STRENGTH = 300.0
FORCE = Indicator(
    "organised-force", "attacks, forces moved, ground held", parts.WINDOW, frozenset({"ASSAULT", "MOBILIZE", "CONTROL"})
)
SIDES = frozenset({"REB", "UAF", "OPP", "MIL", "GOV", "COP", "SPY"})
PRIOR_START = (1992 - FIRST_YEAR) * parts.YEAR
TEXT_START = parts.month_of("2003-07")
FIRST_FORECAST = 1996
DEVELOPMENT, TEST = range(2006, 2013), range(2013, 2020)
FIRST = date(2002, 7, 1)
# Months from a forecast until its outcome is published at the latest: three, and from January to June of the year after next.
SLOTS = 21
DRAWS, SEED = 400, 20131231
RIVALS = ("prior", "shifted", "counts", "keywords")
SCORED = ("prior", "base", "reading", "shifted", "counts", "keywords")


@dataclass(frozen=True, slots=True)
class World:
    """``outcome`` (countries, months), ``features`` of the set (countries, months, k), ``evidence`` (1, countries, months)."""

    history: Deaths
    outcome: Floats
    features: Floats
    evidence: Mapping[str, Floats]


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of 2013-2019, and under ``development`` those of 2006-2012, on which all was chosen."""
    if coder == "encoder":
        raise SystemExit("weigh-reading is coded by rules; leave --coder out")
    items, happenings, name = read(data, limit=limit)
    world = world_of(data, items, happenings)
    published, at_once = (forecasts_of(world, given) for given in (parts.as_published(world.features), world.features))
    return {
        **figures(world, published, TEST),
        **ranks(world, published, TEST),
        "at_once": figures(world, at_once, TEST) | ranks(world, at_once, TEST),
        "halves": [figures(world, published, years) for years in (range(2013, 2016), range(2016, 2020))],
        "development": {
            "as_published": figures(world, published, DEVELOPMENT),
            "at_once": figures(world, at_once, DEVELOPMENT),
        },
        "items": len(items),
        "incidents": sum(one.ignored is None for one in happenings),
        "coder": name,
    }


def read(data: Path, *, limit: int | None) -> tuple[list[corpus.Item], list[Happening], str]:
    """Return the items of the corpus with their claims, the happenings they tell, and the name of the coder."""
    named = os.environ.get("FORESHOCK_BENCH_CACHE")
    cache = Path(named) if named else Path(tempfile.gettempdir()) / "foreshock-bench"
    bench = pipeline.Workbench(read_settings(Path.cwd(), os.environ))
    items, stem = corpus.coded(
        data / "corpora" / CORPUS, bench, cache=cache, now=datetime.now(UTC), limit=limit, progress=progress
    )
    incidents = corpus.joined(items, cache=cache, stem=stem, progress=progress)
    return items, corpus.happenings(items, incidents), corpus.coder_of(stem)


def progress(done: int, total: int, what: str) -> None:
    """Say on standard error how far it is."""
    print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)


def world_of(data: Path, items: list[corpus.Item], happenings: list[Happening]) -> World:
    """Return what is measured on."""
    history = read_deaths(data)
    last = last_day(history.deaths.shape[1] - 1)
    ends = np.array([last_day(month).toordinal() - FIRST.toordinal() for month in range(history.deaths.shape[1])])
    organised = [one for one in happenings if one.actor[1] in SIDES or one.recipient[1] in SIDES]
    force = daily_counts(Told(organised, FIRST, last, ""), [FORCE], history.countries)
    named = parts.naming(load_catalogue())
    texts, everything = parts.items_a_day(items, named, history.countries, first=FIRST, last=last)
    reading = parts.told_of(force, everything, ends)
    evidence = {
        "reading": reading,
        "shifted": parts.shifted(reading),
        "counts": parts.told_of(texts[:1], everything, ends),
        "keywords": parts.told_of(texts[1:], everything, ends),
    }
    return World(history, escalates(history.deaths), parts.history(history.deaths), evidence)


def forecasts_of(world: World, features: Floats) -> dict[str, Floats]:
    """Return forecasts by name: of a prior with the given features, the base rate, and what is learned on top of the prior."""
    prior = parts.forward_prior(
        features, world.outcome, range(FIRST_FORECAST, TEST.stop), start=PRIOR_START, strength=PRIOR_STRENGTH
    )
    span = range(DEVELOPMENT.start, TEST.stop)
    forecasts = {"prior": prior, "base": parts.base_rate(world.outcome, span, start=PRIOR_START)}
    for name, evidence in world.evidence.items():
        forecasts[name] = parts.forward_evidence(evidence, prior, world.outcome, span, start=TEXT_START, strength=STRENGTH)
    forecasts["published"] = mixed(prior, forecasts["reading"], world, span)
    forecasts["published_shifted"] = mixed(prior, forecasts["shifted"], world, span)
    return forecasts


def figures(world: World, forecasts: Mapping[str, Floats], years: range) -> dict[str, Any]:
    """Return the scores of the forecasts over some years, their differences with intervals, and how many they are."""
    asked = ~np.isnan(world.outcome) & np.isin(world.history.years, years)
    countries = [world.history.countries[at] for at in np.nonzero(asked)[0]]
    y = world.outcome[asked]
    loss = {name: losses(p[asked], y) for name, p in forecasts.items()}
    found: dict[str, Any] = {"log_score": float(loss["published"].mean())}
    found |= {f"{name}_log_score": float(loss[name].mean()) for name in SCORED}
    found |= {f"{name}_auc": auc(forecasts[name][asked], y) for name in (*SCORED, "published") if name != "base"}
    for rival in RIVALS:
        found |= gap(f"difference_{rival}".removesuffix("_prior"), loss["reading"], loss[rival], countries)
    found |= gap("difference_published", loss["published"], loss["prior"], countries)
    found |= gap("difference_published_shifted", loss["published"], loss["published_shifted"], countries)
    shown = {key: round(value, 6) if isinstance(value, float) else value for key, value in found.items()}
    return {**shown, **sizes(np.where(asked, world.outcome, np.nan)), "span": f"{years.start}-{years.stop - 1}"}


def gap(name: str, loss: Floats, other: Floats, countries: list[str]) -> dict[str, float | None]:
    """Return the mean difference of losses under a name, with the ends of its 90 % interval."""
    found = paired(loss, other, countries)
    return {name: found.mean, f"{name}_low": found.low, f"{name}_high": found.high}


def ranks(world: World, forecasts: Mapping[str, Floats], years: range) -> dict[str, float]:
    """Return by how much reading ranks better than prior and shifted text (AUC), with 90 % intervals by drawing countries."""
    asked = ~np.isnan(world.outcome) & np.isin(world.history.years, years)
    y, country = world.outcome[asked], np.nonzero(asked)[0]
    rows = [np.flatnonzero(country == one) for one in np.unique(country)]
    rng, drawn = np.random.default_rng(SEED), []
    names = ("reading", "prior", "shifted")
    for _ in range(DRAWS):
        some = np.concatenate([rows[at] for at in rng.integers(len(rows), size=len(rows))])
        if 0 < y[some].sum() < len(some):
            drawn.append([roc_auc_score(y[some], forecasts[name][asked][some]) for name in names])
    whole = [roc_auc_score(y, forecasts[name][asked]) for name in names]
    found: dict[str, float] = {}
    for at, key in ((1, "auc_gain"), (2, "auc_gain_shifted")):
        low, high = np.quantile([one[0] - one[at] for one in drawn], [0.05, 0.95])
        found |= {key: whole[0] - whole[at], f"{key}_low": low, f"{key}_high": high}
    return {key: round(float(value), 6) for key, value in found.items()}


def mixed(prior: Floats, reading: Floats, world: World, years: range) -> Floats:
    """Return what is published: each country's mixture, in streams in which an outcome is known before the next forecast."""
    found, mixture = np.full(prior.shape, np.nan), Mixture()
    for month in np.flatnonzero(np.isin(world.history.years, years)):
        settled = []
        for at in np.flatnonzero(~np.isnan(world.outcome[:, month])):
            stream = f"{world.history.countries[at]} {month % SLOTS}"
            found[at, month] = mixture.predict(float(prior[at, month]), float(reading[at, month]), stream)
            pair = float(prior[at, month]), float(reading[at, month])
            settled.append(Settled(stream, *pair, float(world.outcome[at, month])))
        mixture = mixture.updated(settled)
    return found


def sizes(outcome: Floats) -> dict[str, int]:
    """Return how many country-months there are, how many of them an escalation follows, in how many episodes and countries."""
    rises = outcome == 1
    begins = rises & ~np.pad(rises, ((0, 0), (1, 0)))[:, :-1]
    return {
        "n": int((~np.isnan(outcome)).sum()),
        "followed": int(rises.sum()),
        "episodes": int(begins.sum()),
        "countries": int(rises.any(axis=1).sum()),
    }
