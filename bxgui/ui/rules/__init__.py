"""The window's dialogs about rules: their registrations imported, edited, learned, exported."""
