"""One set of values for many tokens of a rule, from the selection to the results."""
