"""The portals' page and its dialogs."""
