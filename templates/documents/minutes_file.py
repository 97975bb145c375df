"""The minutes of a meeting (会议纪要) as a .docx that the office edits and sends on."""

from templates.documents.minutes_words import Minutes, Wording
from templates.documents.official_page import OfficialPage
from templates.render import Voice, wordbook


def minutes_file(minutes: Minutes, voice: Voice) -> bytes:
    """The document's bytes; nothing in it tells with what it was made."""
    words = wordbook(voice.language, "documents")["minutes"]
    said, page = Wording(minutes, words, voice), OfficialPage(words)
    page.title(said.title)
    if not minutes.is_approved:
        page.centred(words["draft"])
    for label, text in said.facts():
        page.fact(label, text)
    page.heading(words["heard"])
    page.paragraphs(said.topics())
    page.heading(words["decided"])
    page.paragraphs(said.articles())
    page.signed(minutes.office, said.date(minutes.dated))
    return page.saved(said.title, minutes.office, minutes.dated)
