"""Samples of what any conversation may say."""

from templates.dialogs import DialogAsleep, DialogCancelled, NothingToCancel
from templates.message import Message

SAMPLES: list[Message] = [
    DialogAsleep("leave", "白露大道"),
    DialogAsleep("leave", "<script>" + "长" * 5000),
    DialogCancelled(),
    NothingToCancel(),
]
