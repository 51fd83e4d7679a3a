"""What a number, a pin or a sentence stands on: one file for each sort of thing that has a receipt."""
