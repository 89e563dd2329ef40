"""The dictionary: every canonical table and every fact, column by column, with type, unit and meaning.

Plain data, free of Polars: the rule checker, ``explain`` and the documentation read it as well as the engine.
"""

from shopscore.schema.columns import Column, Fact, Kind, Table
from shopscore.schema.facts import FACTS, OPENED
from shopscore.schema.tables import TABLES

__all__ = ["FACTS", "OPENED", "TABLES", "Column", "Fact", "Kind", "Table"]
