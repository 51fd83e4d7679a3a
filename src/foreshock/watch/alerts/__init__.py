"""Alerts on their way out: signed webhooks, mail, feeds; what fails is tried again, and in the end said."""
