"""From an HTTP request to the arguments of a call."""

import json
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from sandbox.botapi.errors import FormError
from sandbox.botapi.parameters import Parameters, Upload, written


async def read_parameters(request: Request, most_bytes: int) -> Parameters:
    """Merge query string and body (form, JSON or multipart).

    Raises FormError for more than `most_bytes` of text or a JSON body that is no object.
    """
    texts = _pairs(request.scope["query_string"])
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        await _read_multipart(request, texts, files)
    elif kind == "application/json":
        texts |= _json_object(await request.body())
    elif kind == "application/x-www-form-urlencoded":
        texts |= _pairs(await request.body())
    size = sum(len((k + v).encode("utf-8", "surrogatepass")) for k, v in texts.items())
    if size > most_bytes:
        raise FormError("too many parameters", 413)
    return Parameters(texts, files)


def _pairs(encoded: bytes) -> dict[str, str]:
    """Form fields; bytes that are no UTF-8 stay recognisable as half characters."""
    text = encoded.decode("utf-8", "surrogateescape")
    return dict(parse_qsl(text, keep_blank_values=True, errors="surrogateescape"))


def _json_object(body: bytes) -> dict[str, str]:
    if not body:
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise FormError("JSON object expected")
    return {name: written(item) for name, item in value.items()}


async def _read_multipart(
    request: Request, texts: dict[str, str], files: dict[str, Upload]
) -> None:
    try:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    kind = value.content_type or "application/octet-stream"
                    files[name] = Upload(value.filename or "file", kind, await value.read())
                else:
                    texts[name] = value
    except MultiPartException:
        raise FormError("too many parameters", 413) from None
