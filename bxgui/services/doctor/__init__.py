"""`bxgui doctor`: looks at everything that a call needs to be caught, kept and answered.

It changes nothing, and every look has a time limit. No check holds a secret.
"""

from bxgui.services.doctor.examination import Asked, examine

__all__ = ["Asked", "examine"]
