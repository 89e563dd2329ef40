"""A name → itself, where no service takes it for markup, a mention or an address."""

from __future__ import annotations

import re

from shopscore.render.escape import terminal

_LETTERS = 60
"""Characters of a name."""
_MARKUP = str.maketrans("[]<>*_#`~|@\\", "［］＜＞＊＿＃｀～｜＠＼")
"""What some service would take for a link, a mention or a heading, as the wide sign that looks like it."""
_ADDRESS = re.compile(r"(?i)(\w)://|\b(www)\.")


def harmless(text: str, most: int = _LETTERS) -> str:
    """A name that no service takes for markup, a mention, an address or more than one line, cut to a length."""
    clean = _ADDRESS.sub(lambda found: f"{found[1]}：//" if found[1] else f"{found[2]}．", terminal(text))
    clean = clean.translate(_MARKUP)
    return clean if len(clean) <= most else clean[: most - 2] + ".."
