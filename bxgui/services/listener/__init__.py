"""`bxgui listen`: the handler's address served by a process of its own."""

from bxgui.services.listener.binding import ListenOptions, ListenProblem, TlsFiles
from bxgui.services.listener.configured import configured
from bxgui.services.listener.process import serve
from bxgui.services.listener.standard_input import has_piped_input, key_from_standard_input

__all__ = [
    "ListenOptions",
    "ListenProblem",
    "TlsFiles",
    "configured",
    "has_piped_input",
    "key_from_standard_input",
    "serve",
]
