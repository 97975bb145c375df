from domain.vocabulary import Language
from templates.message import Message
from templates.settings import Settings
from tests.templates.samples.leave import DAYS, HOSTILE_DAYS
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

SAMPLES: list[Message] = [
    Settings("韦某", "样例城投公司", Language.ZH, ()),
    Settings("韦某", "", Language.EN, (DAYS,)),
    Settings(HOSTILE_NAME, HOSTILE_UNIT, Language.ZH, (HOSTILE_DAYS,) * 5),
]
