"""What an operator watches: whether the desk lives, is ready, how much it does, and its log."""
