"""What a job of the night needs beside an audit: to be alone, to be missed when it is not, to lose no message."""

from shopscore.nightly.heartbeat import written
from shopscore.nightly.lock import alone, named, things

__all__ = ["alone", "named", "things", "written"]
