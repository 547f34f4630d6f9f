"""The store: the single truth, on SQLAlchemy Core. Nothing else imports SQLAlchemy."""

from bxgui.services.store.database import Database
from bxgui.services.store.problems import StoreProblem
from bxgui.services.store.store import Store

__all__ = ["Database", "Store", "StoreProblem"]
