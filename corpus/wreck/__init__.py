"""Damage: what machine translation and crawling do to a clean text, done on purpose, with the annotation carried along."""
