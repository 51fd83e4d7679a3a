"""Foreshock reads the news on a political crisis and keeps who said what."""

__version__ = "0.1.0"
