"""`batch`: up to 50 commands in one request, each with what those before it gave (contract §6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bxgui.simulator import methods
from bxgui.simulator.accounts import Caller
from bxgui.simulator.answers import time_block
from bxgui.simulator.command import read_command
from bxgui.simulator.conversion import is_falsy
from bxgui.simulator.engine import Effect
from bxgui.simulator.faults import Fault, FaultName
from bxgui.simulator.method import Params, Result, upper
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import (
    BATCH_TOO_LONG,
    INTERNAL_ERROR,
    NOT_IN_BATCH,
    Refusal,
    Refused,
)
from bxgui.simulator.substitution import NoText, php_array, substituted

METHOD = "batch"
_MOST_COMMANDS = 50
_PARTS = ("result", "error", "total", "next", "time")

Meet = Callable[[str], Fault | None]


@dataclass(frozen=True, slots=True)
class Done:
    """A command that was dealt with; `error` is empty after a success."""

    key: str
    method: str
    error: str = ""
    effect: Effect | None = None
    fault: FaultName | None = None


@dataclass(slots=True)
class Batch:
    """A batch at work.

    `crashed` is an error of PHP, `broken` a reset connection; either ends it where it stands.
    """

    portal: Portal
    caller: Caller
    meet: Meet
    known: dict[str, dict[str, object]] = field(default_factory=lambda: {p: {} for p in _PARTS})
    done: list[Done] = field(default_factory=list)
    crashed: bool = False
    broken: bool = False

    def run(self, params: Params) -> None:
        """Run the commands in their order, up to the first error if `halt` is set."""
        given = upper(params)
        for number, (key, text) in enumerate(_commands(given.get("CMD"))):
            if not isinstance(text, str):
                continue
            if number < _MOST_COMMANDS:
                self._command(key, text)
            else:
                self._refuse(key, "", BATCH_TOO_LONG)
            stopped = key in self.known["error"] and not is_falsy(given.get("HALT"))
            if stopped or self.crashed or self.broken:
                return

    def result(self) -> dict[str, object]:
        """What came of the commands, by their keys."""
        error, total, following, time = (
            php_array(self.known[part]) for part in ("error", "total", "next", "time")
        )
        return {
            "result": php_array(self.known["result"]),
            "result_error": error,
            "result_total": total,
            "result_next": following,
            "result_time": time,
        }

    def _command(self, key: str, text: str) -> None:
        command = read_command(text)
        method = command.method.lower()
        if method == METHOD:
            self._refuse(key, method, NOT_IN_BATCH)
            return
        fault = self.meet(method)
        refusal = fault.refusal(self.portal.settings.language) if fault else None
        name = fault.name if fault else None
        if refusal is not None:
            self._refuse(key, method, refusal, name)
            return
        self.broken = name is not None
        if name is not FaultName.RESET_BEFORE:
            self._execute(key, method, command.params, name)

    def _execute(self, key: str, method: str, params: Params, fault: FaultName | None) -> None:
        started = self.portal.clock()
        try:
            given = {name: substituted(value, self.known) for name, value in params.items()}
            result = methods.run(self.portal, self.caller, method, given)
        except NoText:
            self._crash(Done(key, method, str(INTERNAL_ERROR.code), None, fault))
        except Refused as refused:
            self._refuse(key, method, refused.refusal, fault)
        else:
            self._keep(key, method, result, started, fault)

    def _keep(
        self, key: str, method: str, result: Result, started: float, fault: FaultName | None
    ) -> None:
        if result.crashed:
            self._crash(Done(key, method, str(INTERNAL_ERROR.code), result.effect, fault))
            return
        for part, value in result.document().items():
            self.known[part][key] = value
        self.known["time"][key] = time_block(self.portal, method, started)
        self.done.append(Done(key, method, "", result.effect, fault))

    def _crash(self, done: Done) -> None:
        self.done.append(done)
        self.crashed = True

    def _refuse(
        self, key: str, method: str, reason: Refusal, fault: FaultName | None = None
    ) -> None:
        document = {"error": reason.code, "error_description": reason.text}
        self.known["error"][key] = document
        self.done.append(Done(key, method, str(reason.code), None, fault))


def _commands(value: object) -> list[tuple[str, object]]:
    if isinstance(value, list):
        return [(str(index), text) for index, text in enumerate(value)]
    return [(str(key), text) for key, text in value.items()] if isinstance(value, Mapping) else []
