"""The report's sections: one module each, data in, section out.

A module has ``section(m, say)``: it takes the whole measurement and the tongue, and returns a
``render.blocks.Section``, or None where it has nothing to say. To add a section, add a module and
name it in ``ORDER``; every sentence in it is said in both tongues through ``say``. A section opens
nothing, and computes nothing that a program reading ``report.json`` would miss. ``differences`` and
``ratios`` are what sections share; ``summary`` is made of ``answer``, ``basis`` and ``spread``.
"""

from __future__ import annotations

from collections.abc import Callable

from report.model import Measurement
from report.render.blocks import Section
from report.render.say import Say
from report.sections import (
    accounts,
    changes,
    claims,
    concepts,
    counterparts,
    doubts,
    effort,
    explained,
    framing,
    glossary,
    limits,
    method,
    places,
    reading,
    summary,
    time,
)

Builder = Callable[[Measurement, Say], Section | None]

ORDER: tuple[Builder, ...] = (
    summary.section,
    concepts.section,
    explained.section,
    framing.section,
    time.section,
    places.section,
    claims.section,
    changes.section,
    counterparts.section,
    reading.section,
    effort.section,
    accounts.section,
    doubts.section,
    method.section,
    limits.section,
    glossary.section,
)
"""As a reader meets them; the first is a page of its own."""


def sections(m: Measurement, say: Say) -> list[Section]:
    """Return every section that has something to say, in order."""
    return [section for build in ORDER if (section := build(m, say)) is not None]
