"""What one set of values is for: tokens of a rule, and the one that it is tried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bxgui.core.preset import Preset
from bxgui.core.records import CallDetail, Method
from bxgui.core.rule import Rule


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens of one rule by their calls; `example` is the one whose call is shown beside."""

    rule: Rule
    example: CallDetail
    call_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Content:
    """What all of them are sent: a preset that is filled from each call, and by which method."""

    preset: Preset
    method: Method
