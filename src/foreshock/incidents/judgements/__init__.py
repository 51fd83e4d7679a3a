"""What persons decided: whether a judgement can be kept, and reports as judgements leave them."""
