"""From the historical sets to the numbers that the package ships; run by ``foreshock fit``."""
