"""Judged metrics → what stands beside them: why the platform shows otherwise, what measures did, other days' rules."""
