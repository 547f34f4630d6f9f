"""Registrations in whatever text somebody has of one: JSON, a command, a piece of a program."""

from bxgui.core.registration_text.envelope import Scope
from bxgui.core.registration_text.reader import Format, Read, Understood, read_text
from bxgui.core.registration_text.source import Remark, TextProblem

__all__ = ["Format", "Read", "Remark", "Scope", "TextProblem", "Understood", "read_text"]
