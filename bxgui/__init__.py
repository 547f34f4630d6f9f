"""bxgui: catch, inspect and answer the event tokens of Bitrix24 workflows."""

__version__ = "0.1.0"
