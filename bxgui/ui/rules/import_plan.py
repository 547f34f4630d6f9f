"""What an import reads and would keep; found out in a thread, for texts and stores may be large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bxgui.core.findings import Severity
from bxgui.core.registration import Registration
from bxgui.core.registration_changes import Change, changes
from bxgui.core.registration_rules import RegistrationFinding, registration_findings
from bxgui.core.registration_text import Read, TextProblem, Understood, read_text
from bxgui.core.rule import Rule
from bxgui.services.files import content_of

if TYPE_CHECKING:
    from bxgui.core.records import Portal
    from bxgui.services.workspace import Workspace

_MOST_BYTES = 4 * 1024 * 1024


class NotAText(Exception):
    """A file that holds no UTF-8 text."""

    code = "not_a_text"


@dataclass(frozen=True, slots=True)
class Plan:
    """A registration as it would be kept for a portal's rule, and what is to be known of that."""

    portal: Portal
    code: str
    kept: Registration | None
    proposed: Registration
    changes: tuple[Change, ...]
    findings: tuple[RegistrationFinding, ...]

    @property
    def is_bad(self) -> bool:
        """Whether errors stand against it."""
        return any(one.severity is Severity.ERROR for one in self.findings)


def read_file(path: str) -> str:
    """The text of a file; raises `OSError`, `NotAText`, or `TextProblem` for a huge one."""
    if Path(path).stat().st_size > _MOST_BYTES:
        raise TextProblem("too_large")
    try:
        return content_of(Path(path)).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotAText from error


def read_registrations(text: str) -> Understood | TextProblem:
    """What a text holds, or why nothing can be read."""
    try:
        return read_text(text)
    except TextProblem as problem:
        return problem


def planned(workspace: Workspace, read: Read, code: str, portal: Portal) -> Plan:
    """What would be kept, and what it changes."""
    proposed = workspace.rules.proposed(read, code, portal)
    kept = next((one.registration for one in workspace.rules.all(code, portal.key)), None)
    found = registration_findings(proposed, whole=read.is_whole)
    return Plan(portal, code, kept, proposed, changes(kept, proposed), found)


def kept_as_planned(workspace: Workspace, read: Read, plan: Plan) -> Rule | Plan:
    """The rule once its registration is kept; another plan where what is kept is another by now."""
    now = planned(workspace, read, plan.code, plan.portal)
    if now != plan:
        return now
    return workspace.rules.keep(plan.portal, plan.code, plan.proposed)
