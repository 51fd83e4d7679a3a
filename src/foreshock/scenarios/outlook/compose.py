"""An outlook for one country: from a history of its own, or from what the package knows of its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.states import iso3_of_name, name_of_iso3
from foreshock.scenarios.histories.views import iso_month, month_number
from foreshock.scenarios.outlook.draws import draws, widened, year_probability
from foreshock.scenarios.outlook.past import ACTIVITIES, SILENT_MONTHS, Past, past
from foreshock.scenarios.outlook.record import LEAST_MONTHS, MonthAhead, MonthlyDeaths, Outlook, YearAhead
from foreshock.scenarios.outlook.shipped import Fitted
from foreshock.scenarios.outlook.widening import FARTHEST, MEASURED, Widening

if TYPE_CHECKING:
    from foreshock.scenarios.outlook.past import Array

QUANTILES = (0.05, 0.5, 0.95)
COUNT = 200


def outlook(
    country: str,
    *,
    history: MonthlyDeaths | None,
    on: date,
    fitted: Fitted,
    widening: Widening | None = None,
    months: int = 12,
) -> Outlook:
    """Return what the months after a day may bring a country, in deaths.

    Of the history only months that were over on that day count. Without a history what ships of the country's is taken, with
    its age; a country of which nothing ships has an outlook without a number.

    Args:
        country: ISO 3166 alpha-3, or the name of a state.
        history: deaths a month; 12 months or more of them before ``on``.
        on: the day from which one looks ahead; the first month told is the one after its own.
        fitted: what ships with the package.
        widening: another widening than the shipped one, such as one fitted on months before ``on`` only.
        months: how many months are told, 1 to 12.

    Raises:
        CatalogueError: no such country; fewer than 12 months of history; history too old, or what ships is later than ``on``.
    """
    if not 1 <= months <= 12:
        raise CatalogueError(f"an outlook of {months} months", remedy="ask for 1 to 12")
    code, today = _code(country, fitted), f"{on.year:04d}-{on.month:02d}"
    known = history.before(today) if history else None
    if known is None:
        found, until, source = fitted.past_of(code), fitted.until, f"the package's summary of {', '.join(fitted.provenance.sets)}"
        if found is None:
            return _without(code, on, fitted)
    else:
        found, until, source = _past_of(known, on), known.last, known.source
    age = month_number(today) - month_number(until) - 1
    if age < 0:
        raise CatalogueError(
            f"the package's summary ends with {until}, which is not over on {on}",
            remedy="give --data or --deaths with months before",
        )
    if age + months + 1 > FARTHEST:
        raise CatalogueError(f"the last known month is {until}, {age} months before {today}", remedy="give later deaths")
    with_own = widening or fitted.widening
    ahead = [age + 1 + i for i in range(1, months + 1)]
    made = _draws(known, found, with_own, ahead)
    return Outlook(
        country=code, name=name_of_iso3(code), on=on.isoformat(), source=source, known_until=until, age=age,
        activity=ACTIVITIES[int(found.activity[0])],
        months=_months(made, until, ahead), year=_year(found, with_own, until, ahead[0]),
        provenance=fitted.provenance, notes=_notes(known, found, with_own, until, age, refitted=widening is not None),
    )  # fmt: skip


def _code(country: str, fitted: Fitted) -> str:
    text = country.strip()
    code = text.upper() if len(text) == 3 and text.isascii() else iso3_of_name(text)
    if code is None or (code not in fitted.countries and code not in fitted.silent and name_of_iso3(code) == code):
        raise CatalogueError(f"there is no country {country!r}", remedy="give an ISO 3166 alpha-3 code such as KAZ, or its name")
    return code


def _without(code: str, on: date, fitted: Fitted) -> Outlook:
    why = f"No deaths a month are known of {name_of_iso3(code)}: {', '.join(fitted.provenance.sets)} does not count it."
    return Outlook(code, name_of_iso3(code), on.isoformat(), None, None, None, None, (), None, fitted.provenance, (), why)


def _past_of(known: MonthlyDeaths, on: date) -> Past:
    import numpy as np

    if len(known.deaths) < LEAST_MONTHS:
        raise CatalogueError(
            f"{known.source}: {len(known.deaths)} months before the month of {on}", remedy=f"give {LEAST_MONTHS} or more"
        )
    found = past(np.array([known.deaths]))
    if len(known.deaths) < SILENT_MONTHS and not any(known.deaths):
        # Whether it was silent for five years is not known: the more careful of the two.
        return Past(found.level, found.spread, np.array([ACTIVITIES.index("lull")]))
    return found


def _draws(known: MonthlyDeaths | None, found: Past, widening: Widening, ahead: Sequence[int]) -> Array:
    """Return draws (months, COUNT)."""
    import numpy as np

    if known is None:
        return np.stack([widened(found, widening, ahead=one, count=COUNT)[0] for one in ahead])
    made: Array = draws(np.array([known.deaths]), widening, months=ahead, count=COUNT, found=found)[0]
    return made


def _months(made: Array, until: str, ahead: Sequence[int]) -> tuple[MonthAhead, ...]:
    import numpy as np

    low, median, high = np.quantile(made, QUANTILES, axis=1, method="inverted_cdf")
    last = month_number(until)
    return tuple(
        MonthAhead(iso_month(last + one), one, float(low[i]), float(median[i]), float(high[i])) for i, one in enumerate(ahead)
    )


def _year(found: Past, widening: Widening, until: str, ahead: int) -> YearAhead:
    import numpy as np

    made = widened(found, widening, ahead=ahead, count=COUNT, year=True)[0]
    low, median, high = (float(one) for one in np.quantile(made, QUANTILES, method="inverted_cdf"))
    chance = float(year_probability(found, widening, ahead=ahead)[0])
    return YearAhead(iso_month(month_number(until) + ahead), low, median, high, round(chance, 4))


def _notes(
    known: MonthlyDeaths | None, found: Past, widening: Widening, until: str, age: int, *, refitted: bool
) -> tuple[str, ...]:
    notes = [
        "Only deaths in state-based violence are told: not killings of unarmed civilians, nor fights between non-state groups."
    ]
    if known is not None:
        notes[0] = f"The widening was fitted on deaths in state-based violence; {known.source} should count the same."
    if age > 0:
        notes.append(f"The last known month is {until}: nothing of the {age} months since then is in these numbers.")
    if age + 2 > MEASURED:
        notes.append("That is stale: the numbers say what became of countries like it, and nothing of today's crisis.")
    if known is not None and month_number(until) < widening.until:
        notes.append(f"The widening saw months to {iso_month(widening.until)}, later than the history: no forecast of its day.")
    if refitted:
        notes.append(f"The widening was fitted anew, on the months to {iso_month(widening.until)} alone.")
    if known is not None and len(known.deaths) < SILENT_MONTHS and not any(known.deaths):
        notes.append(f"No deaths in {len(known.deaths)} months; as five years are not known, it is taken for a lull.")
    if found.activity[0] == len(ACTIVITIES) - 1:
        notes.append("Few countries were ever as active: the upper ends rest on a handful of wars.")
    return tuple(notes)
