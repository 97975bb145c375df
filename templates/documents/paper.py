"""Printable pages: typst sources, one file a document and language, filled with plain data."""

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from domain.vocabulary import Language


def pdf(document: str, language: Language, data: Any) -> bytes:
    """The pages of `<language>/<document>.typ` as a PDF.

    The data travels as JSON, which typst never reads as markup.
    """
    folder = Path(str(resources.files(__name__.rpartition(".")[0])))
    pages = typst.compile(
        str(folder / language.value / f"{document}.typ"),
        root=str(folder),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(pages, bytes)
    return pages


@cache
def _fonts() -> typst.Fonts:
    """The one font that holds every character of a Chinese name, read once."""
    folder = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
