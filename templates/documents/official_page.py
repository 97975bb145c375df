"""A .docx in the layout of official documents (GB/T 9704-2012).

A4, 37 mm above and 28 mm left of a text area of 156 by 225 mm; 22 lines of 三号 a page, the title
in 二号, paragraphs drawn in by two letters, the page's number between dashes below.
"""

import datetime as dtm
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

WIDTH, HEIGHT = Mm(210), Mm(297)
TOP, LEFT = Mm(37), Mm(28)
TEXT_WIDTH, TEXT_HEIGHT = Mm(156), Mm(225)
SIZE_2, SIZE_3, SIZE_4 = Pt(22), Pt(16), Pt(14)
LINE, TITLE_LINE = Pt(28.9), Pt(35)
TWO_LETTERS = Pt(32)


class OfficialPage:
    """The paper, filled from above; `words` name the fonts and what stands in for each."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words
        self._paper = Document()
        self._lay_out()
        self._name_fonts(words["instead"])

    def title(self, text: str) -> None:
        """The document's title, and a free line."""
        paragraph = self._paragraph(TITLE_LINE)
        paragraph.alignment = ALIGN.CENTER
        self._write(paragraph, text, "title_font", SIZE_2)
        self._paragraph()

    def centred(self, text: str) -> None:
        """A line in the middle, below the title."""
        paragraph = self._paragraph()
        paragraph.alignment = ALIGN.CENTER
        self._write(paragraph, text, "body_font")

    def fact(self, label: str, text: str) -> None:
        """A line with its name in front."""
        paragraph = self._paragraph(indent=TWO_LETTERS)
        self._write(paragraph, label, "heading_font")
        self._write(paragraph, text, "body_font")

    def heading(self, text: str) -> None:
        """The heading of a part."""
        paragraph = self._paragraph(indent=TWO_LETTERS)
        paragraph.paragraph_format.keep_with_next = True
        self._write(paragraph, text, "heading_font")

    def paragraphs(self, texts: Iterable[str]) -> None:
        """Paragraphs of text."""
        for text in texts:
            self._write(self._paragraph(indent=TWO_LETTERS), text, "body_font")

    def signed(self, office: str, date: str) -> None:
        """Whose it is, and of which day, at the right below a free line."""
        self._paragraph()
        for text in filter(None, (office, date)):
            paragraph = self._paragraph()
            paragraph.alignment = ALIGN.RIGHT
            paragraph.paragraph_format.right_indent = TWO_LETTERS
            self._write(paragraph, text, "body_font")

    def saved(self, title: str, author: str, at: dtm.datetime) -> bytes:
        """The document's bytes."""
        about, instant = self._paper.core_properties, at.astimezone(dtm.UTC).replace(tzinfo=None)
        about.title, about.author, about.last_modified_by = title, author, author
        about.comments, about.keywords, about.revision = "", "", 1
        about.created, about.modified = instant, instant
        target = BytesIO()
        self._paper.save(target)
        return target.getvalue()

    def _lay_out(self) -> None:
        section = self._paper.sections[0]
        section.page_width, section.page_height = WIDTH, HEIGHT
        section.top_margin, section.left_margin = TOP, LEFT
        section.bottom_margin = Length(HEIGHT - TOP - TEXT_HEIGHT)
        section.right_margin = Length(WIDTH - LEFT - TEXT_WIDTH)
        section.footer_distance = Mm(25)
        number = section.footer.paragraphs[0]
        number.alignment = ALIGN.CENTER
        self._write(number, "\u2014 ", "body_font", SIZE_4)
        _count(self._write(number, "", "body_font", SIZE_4))
        self._write(number, " \u2014", "body_font", SIZE_4)

    def _paragraph(self, line: Length = LINE, indent: Length | None = None) -> Paragraph:
        paragraph = self._paper.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
        form.space_before = form.space_after = Pt(0)
        form.first_line_indent = indent
        return paragraph

    def _write(self, paragraph: Paragraph, text: str, font: str, size: Length = SIZE_3) -> Run:
        run = paragraph.add_run(text)
        run.font.size = size
        run.font.name = self._words["latin_font"]
        fonts = run._element.get_or_add_rPr().rFonts
        assert fonts is not None, "the run has just been given a font"
        fonts.set(qn("w:eastAsia"), self._words[font])
        return run

    def _name_fonts(self, instead: Mapping[str, str]) -> None:
        """Say which fonts stand in where an official one is not installed."""
        main = self._paper.part
        old = main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
        table = parse_xml(old.blob)
        for name, others in instead.items():
            font, other = OxmlElement("w:font"), OxmlElement("w:altName")
            font.set(qn("w:name"), name)
            other.set(qn("w:val"), others)
            font.append(other)
            table.append(font)
        blob = serialize_part_xml(table)
        new = Part(PackURI(str(old.partname)), old.content_type, blob, main.package)
        main.rels[main.relate_to(old, RELATIONSHIP_TYPE.FONT_TABLE)]._target = new


def _count(run: Run) -> None:
    """The number of the page it stands on."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
