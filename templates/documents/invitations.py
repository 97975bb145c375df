"""Invitations to hand out: a workbook of links, or cards to print with a QR code a person."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from zoneinfo import ZoneInfo

import segno

from templates.documents.paper import pdf
from templates.documents.workbook import table
from templates.formats import Formats
from templates.render import Voice, wordbook

# Choosing the best of the eight masks takes five times as long; readers take any of them.
MASK = 3


@dataclass(frozen=True)
class InvitationCard:
    """One person's invitation."""

    name: str
    unit: str
    position: str
    phone: str
    link: str


def invitations_workbook(
    cards: Sequence[InvitationCard], until: dtm.datetime, voice: Voice
) -> bytes:
    """A row a person: whom it is for, the link, and until when it works."""
    words = wordbook(voice.language, "documents")["invitations"]
    last = _last(until, voice)
    rows = [(card.unit, card.name, card.position, card.phone, card.link, last) for card in cards]
    return table(words["title"], words["header"], rows)


def invitation_cards(cards: Sequence[InvitationCard], until: dtm.datetime, voice: Voice) -> bytes:
    """A PDF of A4 pages with eight cards each, to be cut apart and handed out."""
    people = [asdict(card) | {"qr": qr_code(card.link)} for card in cards]
    data = {"until": _last(until, voice), "cards": people}
    return pdf("invitation_cards", voice.language, data)


def qr_code(link: str) -> str:
    """The link as a QR code, an SVG with the quiet margin that readers need."""
    drawing = BytesIO()
    code = segno.make(link, error="m", mask=MASK)
    code.save(drawing, kind="svg", border=4, xmldecl=False)
    return drawing.getvalue().decode()


def _last(until: dtm.datetime, voice: Voice) -> str:
    """The last moment the links work, on the office's clock."""
    formats = Formats(wordbook(voice.language, "names"), ZoneInfo(voice.zone))
    return formats.moment(until)
