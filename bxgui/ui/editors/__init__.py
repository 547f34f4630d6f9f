"""The editors of return values, one module for each kind of value."""
