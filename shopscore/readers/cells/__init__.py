"""Text → typed cells: how they are written, read whole or refused, and what must not leave the reader."""
