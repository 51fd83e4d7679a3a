"""One tree of errors. Each message names the value found and the remedy; the library never prints and never exits."""


class ForeshockError(Exception):
    """Base of every error that Foreshock raises on purpose.

    Args:
        message: what was found, with the value.
        remedy: what the reader can do about it; printed after the message.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message if not remedy else f"{message} ({remedy})")
        self.message = message
        self.remedy = remedy


class SourceError(ForeshockError):
    """The outside world could not be turned into a Document: missing, refused, too large, not text."""


class UnreachableError(SourceError):
    """The outside world did not answer, or not in time: the same may go well later."""


class ReadingError(ForeshockError):
    """A Document could not be read: unknown language model, undecodable table of a language."""


class CodingError(ForeshockError):
    """Sentences could not be coded: unknown coder, contradictory options."""


class LedgerError(ForeshockError):
    """The ledger could not be opened, written or read."""


class CatalogueError(ForeshockError):
    """A table that ships with the package or was added by the user is wrong: kinds, actors, gazetteer, locales."""


class AccessError(ForeshockError):
    """Somebody may not do this, or what should say who somebody is cannot be accepted: a password, an address, a provider."""


class ExportError(ForeshockError):
    """An export cannot be written: an unknown format, a library that is not installed, a folder that cannot be made."""


class BackfillError(ForeshockError):
    """A backfill cannot begin or go on: no cluster, another version on it, a full disk, a library that is not installed."""


class BriefError(ForeshockError):
    """A brief does not compile: a sentence says more than its claims bear.

    ``failures`` holds one (rule, sentence, why) for each.
    """

    def __init__(self, message: str, *, failures: tuple[tuple[str, str, str], ...] = (), remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.failures = failures
