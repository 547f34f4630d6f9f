"""Pure rules: no Qt, no input or output, no threads, no clock."""
