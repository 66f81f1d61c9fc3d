"""What may be printed: how wide is too wide, and what is said then."""

from __future__ import annotations

from report.estimate.audit import AuditRatio
from report.estimate.envelope import Envelope
from report.estimate.refused import Refused, refuse

WIDEST_AUDIT = 1.0
"""Bits; a wider interval of an audit gives a direction and the bound only."""

WIDEST_ENVELOPE = 1.5
"""Bits; likewise for the envelope."""


def audit(ratio: AuditRatio | Refused) -> AuditRatio | Refused:
    """Return the ratio when it may be printed, else why not, with the direction it still tells."""
    if isinstance(ratio, AuditRatio) and ratio.interval.width > WIDEST_AUDIT:
        return refuse("audit_wide", ratio.interval)
    return ratio


def envelope(found: Envelope | Refused) -> Envelope | Refused:
    """Return the envelope when it may be printed, else why not, with the direction it tells."""
    if isinstance(found, Envelope) and found.interval.width > WIDEST_ENVELOPE:
        return refuse("envelope_wide", found.interval, times=2**WIDEST_ENVELOPE)
    return found
