"""PDF files made for the tests: by a library, and by hand where no library makes such a thing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SIMPLIFIED, TRADITIONAL, LATIN = "STSong-Light", "MSung-Light", "Helvetica"
for _name in (SIMPLIFIED, TRADITIONAL):
    pdfmetrics.registerFont(UnicodeCIDFont(_name))


def pdf(
    sheets: Iterable[Sequence[str]],
    font: str = LATIN,
    *,
    heading: str = "",
    head: str = "",
    declared: str = "",
    numbered: bool = False,
    link: str = "",
) -> bytes:
    """A file with these lines on its pages, ``heading`` in large type on the first."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    if declared:
        canvas.setTitle(declared)
    for number, lines in enumerate(sheets, 1):
        place = 760
        if head:
            canvas.setFont(font, 9)
            canvas.drawString(72, 810, head)
        if heading and number == 1:
            canvas.setFont(font, 20)
            canvas.drawString(72, place, heading)
            place -= 30
        canvas.setFont(font, 11)
        for line in lines:
            canvas.drawString(72, place, line)
            place -= 16
        if numbered:
            canvas.setFont(font, 9)
            canvas.drawString(290, 30, f"— {number} —")
        if link:
            canvas.linkURL(link, (72, 60, 200, 80))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scanned() -> bytes:
    """Two pages with a drawing on each and no text."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for _ in "12":
        canvas.rect(72, 72, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def dated(body: bytes, created: str) -> bytes:
    """The same file, which says that it was made then: ``D:20200301``."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(body)))
    writer.add_metadata({"/CreationDate": created})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def locked(body: bytes, password: str) -> bytes:
    """The same file, encrypted; an empty password opens it for everyone."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(body)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def circular() -> bytes:
    """A tree of pages that is its own child."""
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >> endobj\n"
        b"trailer << /Root 1 0 R >>\n%%EOF\n"
    )


def nested(depth: int = 20_000) -> bytes:
    """A page whose contents are an array in an array in an array…"""
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /Contents " + b"[" * depth + b"]" * depth + b" >>"
        b" endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    )
