"""Files people keep beside their exports: shop.yaml, fleet.yaml, formats of their own → what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.errors import RuleError
from shopscore.ruleset import lint_formats
from shopscore.ruleset.fleetfile import FleetFile
from shopscore.ruleset.format import Format
from shopscore.ruleset.one_file import Shape, read_file
from shopscore.ruleset.rules import LoadedFormat
from shopscore.ruleset.shape import in_order, required
from shopscore.ruleset.shopfile import ShopFile
from shopscore.ruleset.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shopscore.ruleset.format import WordList


def load_shop_file(path: Path) -> ShopFile:
    """Read one ``shop.yaml``; an empty file is a shop that says nothing of itself.

    Raises:
        RuleError: with every problem of the file.
    """
    return _said(ShopFile, path)


def load_fleet_file(path: Path) -> FleetFile:
    """Read one ``fleet.yaml``; an empty file names no shop.

    Raises:
        RuleError: with every problem of the file.
    """
    return _said(FleetFile, path)


def _said(model: type[Shape], path: Path) -> Shape:
    document = read_yaml(path)
    if document.data is None and all("empty" in problem.what for problem in document.problems):
        return model()
    return required(model, document)


def load_own_format(path: Path, words: Mapping[str, WordList]) -> LoadedFormat:
    """Read one format that a person keeps beside the files it is for.

    Args:
        path: the file.
        words: the word lists it may name.

    Raises:
        RuleError: with every problem of the file.
    """
    document, form, problems = read_file(Format, path)
    if form is not None:
        problems += lint_formats.check_format(form, document, words, own=True)
    if form is None or problems:
        raise RuleError(in_order(problems))
    return LoadedFormat(form, path, document.sha256)
