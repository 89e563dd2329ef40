"""What acting is worth: one event's weight, the order of the shortfalls, and what several of them gain together."""
