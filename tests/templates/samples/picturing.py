from templates.message import Message
from templates.picturing import PhotosKept, PhotoUnplaced, ReportPhoto, TooManyPhotos
from tests.templates.samples.reporting import HEAD, HOSTILE_HEAD

SAMPLES: list[Message] = [
    PhotosKept(HEAD, 1),
    PhotosKept(HOSTILE_HEAD, 9, has_words=True),
    TooManyPhotos(HEAD, 9),
    TooManyPhotos(HOSTILE_HEAD, 9),
    PhotoUnplaced(),
    ReportPhoto(1, HEAD, 1, 3),
    ReportPhoto(2**40, HOSTILE_HEAD, 9, 9),
]
