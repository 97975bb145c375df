"""Fetching what people sent."""

from sandbox.botapi.asking import Ask, Reply, speaks


@speaks("getFile", "file_id")
def get_file(ask: Ask) -> Reply:
    """Where a file can be downloaded."""
    file = ask.telegram.files.for_download(ask.parameters.text("file_id"))
    return Reply(file.as_json() | {"file_path": file.path})
