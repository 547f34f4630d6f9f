"""The queue of replies that have not gone out yet, in the window."""
