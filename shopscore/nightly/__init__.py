"""What a job of the night needs beside an audit: to be alone, and to be missed when it does not come."""

from shopscore.nightly.heartbeat import written
from shopscore.nightly.lock import alone, things

__all__ = ["alone", "things", "written"]
