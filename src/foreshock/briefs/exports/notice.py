"""What every export says of itself: coded by machine, unofficial, as of when, until when, and what was withheld."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of an export.

    Attributes:
        title: what it is about: the name of a crisis.
        made_at: when it was made, a UTC stamp.
        as_of: the moment whose knowledge it holds, an ISO prefix; None is all that was known when it was made.
        since, until: first and last day of publication that it covers, ISO prefixes; None is open.
        late: claims of exact sites that are left out because they are too young.
        names: documents in which names of private persons are shown by role.
    """

    title: str
    made_at: str
    as_of: str | None = None
    since: str | None = None
    until: str | None = None
    late: int = 0
    names: int = 0

    @property
    def sentence(self) -> str:
        """The notice in one English paragraph."""
        window = f"documents published {f'from {self.since} ' if self.since else ''}until {self.until or self.made_at[:10]}"
        parts = [
            "Coded by machine and unofficial; it says who said what, not what is so.",
            f"As of {self.as_of or self.made_at}, made {self.made_at}; covers {window}.",
            "Private persons are shown by role, exact sites of people at risk at district level.",
        ]
        if self.names:
            parts.append(f"Names were withheld in {self.names} document{'s' if self.names != 1 else ''}.")
        if self.late:
            parts.append(f"{self.late} claim{'s' if self.late != 1 else ''} of exact sites are held back until 72 hours old.")
        return " ".join(parts)

    def fields(self) -> dict[str, str | int | bool | None]:
        """Return the notice as values for the metadata of a format."""
        return {
            "notice": self.sentence,
            "title": self.title,
            "coded_by_machine": True,
            "official": False,
            "made_at": self.made_at,
            "as_of": self.as_of or self.made_at,
            "since": self.since,
            "until": self.until or self.made_at[:10],
            "claims_withheld": self.late,
            "documents_with_names_withheld": self.names,
        }
