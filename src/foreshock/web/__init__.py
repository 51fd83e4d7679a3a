"""The desk: a door in a browser, with its API; ``make_app`` builds it, ``foreshock serve`` runs it."""

from foreshock.web.app import make_app
from foreshock.web.desk import Desk

__all__ = ["Desk", "make_app"]
