"""The directory of a zip → whether it may be unpacked at all: archives and zipped workbooks alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopscore.readers import limits, sentences

if TYPE_CHECKING:
    import zipfile

    from shopscore.model import Words


def oversized(infos: list[zipfile.ZipInfo]) -> Words | None:
    """Why an archive as a whole is refused, judged by its directory, or None."""
    if len(infos) > limits.MAX_ZIP_MEMBERS:
        return sentences.ARCHIVE_FULL
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > limits.MAX_ZIP_BYTES:
        return sentences.ARCHIVE_TOO_LARGE
    if total > limits.RATIO_FLOOR and total > packed * limits.MAX_RATIO:
        return sentences.ARCHIVE_BOMB
    return None
