"""Rows of all files → the tables of shops: whose rows they are, each once, and the days that are missing."""
