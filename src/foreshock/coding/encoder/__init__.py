"""A trained coder for every language: one small encoder whose heads tell triggers, kinds, standing and the words of roles."""
