"""What cannot both hold: matters, relations of two claims, positions, and the register of disputes."""
