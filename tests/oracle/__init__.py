"""A second computation of the Tmall and 1688 metrics, in plain loops, from the definitions alone."""
