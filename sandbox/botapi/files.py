"""Files on Telegram's side: stored once, named differently for every bot."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from sandbox.botapi.errors import ApiError, FormError
from sandbox.botapi.settings import Settings

_FOLDERS = {"document": "documents", "photo": "photos", "voice": "voice", "sticker": "stickers"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file and where `/file/bot<token>/` serves it."""

    id: str
    unique_id: str
    path: str
    kind: str
    name: str
    content_type: str
    content: bytes

    def as_json(self) -> dict[str, Any]:
        """What every kind of media says of its file."""
        size = len(self.content)
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": size}


class Files:
    """Every file anybody sent."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._files: list[StoredFile] = []

    def store(self, kind: str, name: str, content_type: str, content: bytes) -> StoredFile:
        """Keep a file; the same content gets the same unique id and a new file id."""
        number = len(self._files)
        digest = hashlib.sha256(kind.encode() + content).digest()
        unique = base64.urlsafe_b64encode(b"\x02\x00" + digest[:8]).decode().rstrip("=")
        identity = hashlib.sha256(digest + number.to_bytes(4, "big")).digest()
        file_id = base64.urlsafe_b64encode(b"\x04" + identity + identity[:20]).decode().rstrip("=")
        suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
        path = f"{_FOLDERS.get(kind, 'documents')}/file_{number}{suffix}"
        stored = StoredFile(file_id, unique, path, kind, name, content_type, content)
        self._files.append(stored)
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this id."""
        return next((file for file in self._files if file.id == file_id), None)

    def by_path(self, path: str) -> StoredFile | None:
        """The file served at this path, unless it is too big to be."""
        found = next((file for file in self._files if file.path == path), None)
        return found if found and len(found.content) <= self._settings.download_bytes else None

    def for_download(self, file_id: str) -> StoredFile:
        """The file getFile was asked for; raises ApiError when there is none to be had."""
        if not file_id:
            raise FormError("file_id not specified")
        found = self.by_id(file_id)
        if found is None and _looks_like_an_id(file_id):
            raise FormError("wrong file_id or the file is temporarily unavailable")
        if found is None:
            raise FormError("invalid file_id")
        if len(found.content) > self._settings.download_bytes:
            raise ApiError(400, "file is too big")
        return found


def _looks_like_an_id(file_id: str) -> bool:
    return len(file_id) >= 40 and file_id.replace("-", "").replace("_", "").isalnum()
