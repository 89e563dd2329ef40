"""Paths, archives and names → the files there are, each with where it stands and when it was made."""
