"""Who looks, and what he may: the one thing that pages and the API ask of accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request

from foreshock.model import Role, Scope

KEY = "foreshock.viewer"
Via = Literal["loopback", "session", "token", "none"]
RANKS: dict[str, int] = {"nobody": 0, "reader": 1, "analyst": 2, "admin": 3}
# What a token must be made for to do what a role does, where a route does not say otherwise.
SCOPES: dict[Role, Scope] = {"reader": "read", "analyst": "judge", "admin": "admin"}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody at the desk.

    Attributes:
        name: of the account; of the user of this machine where no login is needed; "" for nobody.
        role: of the account.
        scopes: of the token, empty but for tokens.
        via: how he is known; "none" on the few pages that are there without login.
        session: the handle of the session, where there is one.
    """

    name: str
    role: Role | Literal["nobody"] = "admin"
    scopes: tuple[Scope, ...] = ()
    via: Via = "loopback"
    session: str | None = None

    def may(self, role: Role, scope: Scope | None = None) -> bool:
        """Whether he has this role or a higher one and, with a token, the scope: that of the role where none is named."""
        if RANKS[self.role] < RANKS[role]:
            return False
        return self.via != "token" or bool({"admin", scope or SCOPES[role]} & set(self.scopes))


NOBODY = Viewer("", "nobody", (), "none")


def viewer(request: Request) -> Viewer:
    """Return who looks."""
    found: Viewer = request.scope.get(KEY, NOBODY)
    return found


def require(role: Role, scope: Scope | None = None) -> Callable[[Request], Viewer]:
    """Return a dependency of FastAPI that lets only a role, or a higher one, do what a route does.

    Args:
        role: the least one.
        scope: what a token must be made for; that of the role where not given ("read", "judge", "admin").
    """

    def check(request: Request) -> Viewer:
        found = viewer(request)
        if not found.may(role, scope):
            missing = f"a token for {scope or SCOPES[role]}" if RANKS[found.role] >= RANKS[role] else f"the role {role}"
            raise HTTPException(403, f"This needs {missing}.")
        return found

    return check
