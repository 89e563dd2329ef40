"""The parts of the sample generator: what happens in an invented shop, and the files it would have exported."""
