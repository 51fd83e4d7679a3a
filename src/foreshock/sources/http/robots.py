"""robots.txt as RFC 9309 has it: the longest matching rule decides, ``*`` and ``$`` mean something.

The standard library's parser takes the first rule that matches and reads ``*`` literally, so it would fetch what a site
closed with ``Disallow: /*?print`` and refuse what it opened again below a closed folder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

MAX_BYTES = 512_000
MAX_RULE = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A path pattern that a site opens or closes."""

    allow: bool
    pattern: str


def allowed(text: str, agent: str, target: str) -> bool:
    """Return whether a robots.txt lets an agent fetch a target.

    Args:
        text: the file.
        agent: our product name, without its version.
        target: path and query of the address.
    """
    rules = _rules(text, agent.lower())
    path = _escaped(target)
    matching = [rule for rule in rules if _matches(_escaped(rule.pattern), path)]
    best = max((len(rule.pattern) for rule in matching), default=0)
    longest = [rule for rule in matching if len(rule.pattern) == best]
    return not longest or any(rule.allow for rule in longest)


def _rules(text: str, agent: str) -> list[Rule]:
    """The rules of every group that names the agent, or else of every group for ``*``."""
    groups: dict[str, list[Rule]] = {}
    current: list[str] = []
    reading_agents = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            current = [*current, value.lower()] if reading_agents else [value.lower()]
            reading_agents = True
            groups.setdefault(current[-1], [])
        elif key in ("allow", "disallow"):
            reading_agents = False
            if value:
                for name in current:
                    groups[name].append(Rule(key == "allow", value[:MAX_RULE]))
    own = [rules for name, rules in groups.items() if re.split(r"[/\s]", name)[0] == agent]
    return [rule for rules in own for rule in rules] if own else groups.get("*", [])


def _escaped(path: str) -> str:
    return quote(path, safe="/?&=+$*%:@!~'(),;-._[]#")


def _matches(pattern: str, path: str) -> bool:
    """Match by pieces between stars, each at its first place: linear, whatever the pattern."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return path == first if anchored else True
    position = len(first)
    for piece in rest[:-1]:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    last = rest[-1]
    return path.endswith(last) and len(path) - len(last) >= position if anchored else path.find(last, position) >= 0
