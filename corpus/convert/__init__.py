"""The corpus in other forms: claims as ``foreshock code`` prints them, gold for the scorer, CoNLL-U Plus, brat."""
