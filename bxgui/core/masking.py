"""Masks what a recorded exchange must not show, wherever it is repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from bxgui.core.redact import MASK, PLACEHOLDER, SURELY_A_COPY, CutBody, cut_json


@dataclass(frozen=True, slots=True)
class Masking:
    """What is masked, the longest first: one may be a part of another."""

    secrets: tuple[bytes, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, named: Sequence[bytes], cut: CutBody) -> Masking:
        """Mask these secrets, and of those cut out of a body what is long enough to be found."""
        forms = {form for one in named if one for form in (one, quote_plus(one).encode())}
        cuts = {one.value for one in cut.cuts if len(one.value) >= SURELY_A_COPY}
        return cls(tuple(sorted(forms | cuts, key=len, reverse=True)))

    def text(self, text: str) -> str:
        """A text, such as an address or a header's value."""
        for secret in self.secrets:
            text = text.replace(secret.decode("utf-8", "replace"), MASK)
        return text

    def body(self, body: bytes) -> bytes:
        """A body of any kind."""
        for secret in self.secrets:
            body = body.replace(secret, PLACEHOLDER)
        return body

    def answer(self, body: bytes) -> bytes:
        """An answer's body, of which tokens of its own are masked too."""
        body = self.body(body)
        if body.lstrip().startswith(b"{"):
            masked = cut_json(body).masked
            body = masked if masked != PLACEHOLDER else body
        return body
