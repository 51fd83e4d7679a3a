"""How many may die: pooled draws of a country's own past, widened by how wrong they were."""

from foreshock.scenarios.outlook.compose import outlook
from foreshock.scenarios.outlook.record import MonthAhead, MonthlyDeaths, Outlook, YearAhead
from foreshock.scenarios.outlook.series import read_series
from foreshock.scenarios.outlook.shipped import Fitted, load_fitted

__all__ = ["Fitted", "MonthAhead", "MonthlyDeaths", "Outlook", "YearAhead", "load_fitted", "outlook", "read_series"]
