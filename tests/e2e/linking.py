"""The late morning: invitations in bulk and one by one, and forty people, good and bad, link."""

import asyncio

from sqlmodel import col, select

from db.session import Database
from db.tables.people import Contact
from sandbox.sample.facts import Person
from sandbox.seeding import SAMPLE_DAY
from templates.groups import GroupGreeting
from templates.render import Voice, render
from tests.e2e.day import Day
from tests.e2e.importing import link_in, table_in
from tests.e2e.phone import Phone

BUREAU, ROADS, WATER = "柳州市住房和城乡建设局", "柳州市交通运输局", "柳州市水利局"
SCHOOLS, DISTRICT, COUNTY = "柳州市教育局", "柳南区人民政府", "柳江区人民政府"
OWNERS = (
    "柳州样例城市建设投资有限公司",
    "柳州样例交通投资有限公司",
    "柳州样例教育投资有限公司",
    "柳州样例水利投资有限公司",
)
WRONG_TOKEN = "A" * 24
STRANGE_NUMBER = "19911112222"


async def the_people_are_linked(day: Day, coordinator: Phone) -> dict[str, Phone]:
    """Everybody is invited on a table and most link; their phones, by the numbers."""
    links = await _everybody_is_invited(coordinator)
    phones = {coordinator.person.account.phone: coordinator}
    phones |= await _most_people_link(day, links)
    phones |= await _some_share_their_own_number(day)
    phones |= await _some_are_invited_one_by_one(day, coordinator)
    await _cards_are_printed_for_a_unit(coordinator)
    return phones


async def bad_links_are_refused(day: Day, coordinator: Phone, phones: dict[str, Phone]) -> None:
    """Every wrong way to link has its own answer, and tells nothing of who exists."""
    bureau = [phones[person.phone] for person in day.unit(BUREAU)]
    await asyncio.gather(
        _a_used_link(day, bureau[2]),
        _an_expired_link(day),
        _a_forged_link(day),
        _somebody_else_s_card(day, bureau[2]),
        _an_unknown_number(day),
        _a_second_account_by_its_number(day, bureau[3]),
        _too_many_guesses(day),
        _a_link_in_a_group(day, bureau[1]),
        _starting_again(bureau[0]),
    )
    await _a_revoked_link_and_the_one_after_it(day, coordinator)
    await _somebody_who_left(day, coordinator)
    await _another_s_link(day, coordinator, phones[day.unit(SCHOOLS)[0].phone])
    number = day.unit(COUNTY)[3].phone
    phones[number] = await _a_new_account_takes_over(day, coordinator, phones[number])


async def _everybody_is_invited(coordinator: Phone) -> dict[str, str]:
    """The invitations of everybody as a table, read back: links by phone number."""
    await coordinator.asks("/invite")
    await coordinator.taps("invite.many")
    sheet = await coordinator.taps("invite.sheet")
    table = await asyncio.to_thread(table_in, coordinator.person.opens(sheet))
    rows = ["｜".join(row) for row in table]
    invited = [row for row in rows if "t.me/" in row]
    return {_number_in(row): link_in(row) for row in invited}


def _number_in(row: str) -> str:
    return next(cell for cell in row.split("｜") if cell.isdigit() and len(cell) == 11)


async def _most_people_link(day: Day, links: dict[str, str]) -> dict[str, Phone]:
    people = [person for unit in (BUREAU, ROADS, WATER, COUNTY) for person in day.unit(unit)]
    people += [day.unit(owner)[0] for owner in OWNERS]
    people += [day.office[1], day.office[3]]
    phones = {person.phone: day.phone(person) for person in people}
    await asyncio.gather(*(phone.opens(links[number]) for number, phone in phones.items()))
    return phones


async def _some_share_their_own_number(day: Day) -> dict[str, Phone]:
    phones = {person.phone: day.phone(person) for person in day.unit(SCHOOLS)}

    async def links(phone: Phone) -> None:
        await phone.asks("您好")
        await phone.shares_own_number()

    await asyncio.gather(*map(links, phones.values()))
    return phones


async def _some_are_invited_one_by_one(day: Day, coordinator: Phone) -> dict[str, Phone]:
    phones = {}
    for person in (day.office[2], *day.unit(DISTRICT)):
        phones[person.phone] = day.phone(person)
        await phones[person.phone].opens(await _invited(coordinator, person))
    return phones


async def _invited(coordinator: Phone, person: Person) -> str:
    """The link in the second of the two messages, the one to pass on."""
    await coordinator.asks(f"/invite {person.phone}")
    return link_in((await coordinator.hears()).text)


async def _cards_are_printed_for_a_unit(coordinator: Phone) -> None:
    await coordinator.asks("邀请")
    await coordinator.taps("invite.units")
    await coordinator.taps("invite.many")
    cards = await coordinator.taps("invite.cards")
    assert coordinator.person.opens(cards).startswith(b"%PDF")


async def _a_used_link(day: Day, liaison: Phone) -> None:
    link = liaison.notes[0].removeprefix("➤ /start ")
    await day.stranger("拿到已用链接的人").opens(f"={link}")


async def _an_expired_link(day: Day) -> None:
    late = day.unit("柳州市民政局")[0]
    phone = day.phone(late)
    printed = await day.command("invite", "--phone", late.phone, days_ago=8)
    await phone.opens(link_in(printed))


async def _a_forged_link(day: Day) -> None:
    forger = day.stranger("编造链接的人")
    await forger.opens(f"={WRONG_TOKEN}")


async def _somebody_else_s_card(day: Day, liaison: Phone) -> None:
    thief = day.stranger("发别人名片的人", STRANGE_NUMBER)
    account = liaison.person.account
    await thief.shares_card(account.telegram_phone, account.name, account.id)
    await thief.shares_card(account.telegram_phone, account.name)


async def _an_unknown_number(day: Day) -> None:
    await day.stranger("没有登记的人", "19933334444").shares_own_number()


async def _a_second_account_by_its_number(day: Day, officer: Phone) -> None:
    twin = day.stranger("同号的第二个账号", officer.person.account.phone)
    await twin.shares_own_number()


async def _too_many_guesses(day: Day) -> None:
    guesser = day.stranger("反复猜的人")
    for number in range(6):
        await guesser.opens(f"={number:024}")
    await guesser.types(f"/start {WRONG_TOKEN}")
    await guesser.person.hears_nothing()


async def _a_link_in_a_group(day: Day, commissioner: Phone) -> None:
    group = await commissioner.person.founds("项目群")
    await group.hears(render(GroupGreeting(), Voice(day.language, "Asia/Shanghai")).text)
    await group.types(f"/start {WRONG_TOKEN}")
    await group.hears_nothing()


async def _starting_again(leader: Phone) -> None:
    link = leader.notes[0].removeprefix("➤ /start ")
    await leader.asks("/start")
    await leader.opens(f"={link}")
    await leader.shares_own_number()


async def _a_revoked_link_and_the_one_after_it(day: Day, coordinator: Phone) -> None:
    person = day.unit("柳州市林业局")[3]
    first = await _invited(coordinator, person)
    second = await _invited(coordinator, person)
    phone = day.phone(person)
    await phone.opens(first)
    await phone.opens(second)


async def _somebody_who_left(day: Day, coordinator: Phone) -> None:
    person = day.unit("柳州市林业局")[2]
    link = await _invited(coordinator, person)
    await asyncio.to_thread(_leaves, day.database_url, person)
    phone = day.phone(person)
    await phone.opens(link)
    await phone.shares_own_number()


def _leaves(database_url: str, person: Person) -> None:
    """Their successor's table will say so; until then the record is changed."""
    database = Database(database_url)
    with database.transaction() as session:
        row = session.exec(select(Contact).where(col(Contact.phone) == person.phone)).one()
        row.left_at = SAMPLE_DAY
        session.add(row)
    database.dispose()


async def _another_s_link(day: Day, coordinator: Phone, leader: Phone) -> None:
    link = await _invited(coordinator, day.unit("柳州市林业局")[1])
    await leader.opens(link)


async def _a_new_account_takes_over(day: Day, coordinator: Phone, old: Phone) -> Phone:
    number = old.person.account.phone
    await coordinator.asks(f"/invite {number}")
    await coordinator.taps("invite.again")
    link = link_in((await coordinator.hears()).text)
    new = day.stranger(f"{old.title}（新手机）")
    await new.opens(link)
    await old.hears()
    await old.asks("新坪大桥")
    return new
