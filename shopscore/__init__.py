"""shopscore: audit a shop's service metrics from the files its platform exports."""

__version__ = "0.1.0"
