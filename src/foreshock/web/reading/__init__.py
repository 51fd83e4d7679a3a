"""The reading view: a text with its claims and damage marked, the cards beside it, and windows of long texts."""
