"""Grids of text → canonical rows: which header fills which column, and which rows are rows."""
