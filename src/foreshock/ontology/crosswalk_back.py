"""The way back: from the codes of other codebooks to our kinds and modes, and from a CAMEO actor code to country and sector.

A code often folds several of our kinds into one (PLOVER's ASSAULT holds ASSAULT, HARM and CONTROL/take), so that most ways back
have several ends: each function returns all of them, the likeliest first. Verbal roots come back as themselves: which act was
threatened is not in the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foreshock.errors import CatalogueError
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.crosswalk import Codes, Crosswalk, crosswalk_table, load_crosswalk


@dataclass(frozen=True, slots=True)
class Act:
    """A kind and mode to which a code leads back; mode None where the code tells none."""

    kind: str
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class WayBack:
    """The tables read from right to left; ``ends`` has every kind and mode with its own codes, in the order of the codebook."""

    ends: Mapping[Act, Codes]
    cameo: Mapping[str, tuple[Act, ...]]
    roles: frozenset[str]
    sectors: Mapping[str, str]

    def from_plover(self, root: str, mode: str | None = None) -> tuple[Act, ...]:
        """Return the acts that a PLOVER root, or a root with its mode, stands for; empty where there are none.

        The kind of the root's own name comes first. Without a mode only whole kinds are given, and the modes of other kinds.
        """
        found = [
            act
            for act, codes in self.ends.items()
            if codes.plover == root and codes.plover_mode == mode and self._alone(act, root, mode)
        ]
        return tuple(sorted(found, key=lambda act: act.kind != root))

    def _alone(self, act: Act, root: str, mode: str | None) -> bool:
        """Whether an act is not already told by its kind, which has the same root."""
        whole = self.ends[Act(act.kind)]
        return act.mode is None or mode is not None or whole.plover != root

    def from_cameo(self, code: str) -> tuple[Act, ...]:
        """Return the acts that a CAMEO code stands for, by the longest beginning that is known; empty where we have no kind.

        Raises:
            CatalogueError: the code is not two to four digits.
        """
        if not (code.isdecimal() and 2 <= len(code) <= 4):
            raise CatalogueError(f"{code!r} is no CAMEO code", remedy="give two to four digits, such as 19 or 193")
        for length in range(len(code), 1, -1):
            start = code[:length]
            if start in self.cameo:
                return self.cameo[start]
            found = tuple(act for act, codes in self.ends.items() if codes.cameo_code == start)
            found = found or tuple(self._whole(start))
            if found:
                return found
        return ()

    def _whole(self, root: str) -> Iterator[Act]:
        return (act for act, codes in self.ends.items() if codes.cameo == root and act.mode is None)

    def from_acled(self, name: str) -> tuple[Act, ...]:
        """Return the acts that a coarse event type in the manner of ACLED stands for: "Riots" is PROTEST/riot and others."""
        return tuple(act for act, codes in self.ends.items() if codes.acled == name)

    def actor(self, code: str) -> tuple[str | None, str | None]:
        """Return (country, sector) of a CAMEO actor code: ("KAZ", "GOV") of KAZGOV; None where the code does not tell.

        Of several roles the first counts; what follows it is finer than a sector.

        Raises:
            CatalogueError: the code is not made of groups of three capital letters.
        """
        if not (code and code.isascii() and code.isalpha() and code.isupper() and len(code) % 3 == 0):
            raise CatalogueError(f"{code!r} is no CAMEO actor code", remedy="give groups of three capital letters: KAZGOV")
        parts = [code[at : at + 3] for at in range(0, len(code), 3)]
        country = None if parts[0] in self.roles else parts[0]
        role = next((part for part in parts if part in self.roles), None)
        return country, self.sectors.get(role, role) if role else None


def load_way_back(codebook: Codebook) -> WayBack:
    """Return the way back over a codebook.

    Raises:
        CatalogueError: the table names a kind or mode that is not there.
    """
    crosswalk: Crosswalk = load_crosswalk(codebook)
    table = crosswalk_table()
    ends = {Act(kind, mode): codes for (kind, mode), codes in crosswalk.roots.items()}
    cameo = {
        code: tuple(_act(key, ends) for key in ([keys] if isinstance(keys, str) else keys or ()))
        for code, keys in table["cameo_back"].items()
    }
    return WayBack(ends, cameo, frozenset(table["roles"]), table["roles_back"])


def _act(key: str, ends: Mapping[Act, Codes]) -> Act:
    kind, _, mode = key.partition("/")
    act = Act(kind, mode or None)
    if act not in ends:
        raise CatalogueError(f"crosswalk.yaml: {key!r} is not in the codebook", remedy="name a kind, or KIND/mode")
    return act
