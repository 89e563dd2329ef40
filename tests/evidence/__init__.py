"""Simulated shops whose truth is known: what the statistics of a report are worth."""
