// The page: who is chosen, and keeping everything shown in step with the sandbox.

import { get, pause, post } from "./api.js";
import { listen as listenToDesk, showDesk } from "./desk.js";
import { at, remark, speak, word } from "./dom.js";
import { roleOf, searchable, showPeople } from "./people.js";
import { listen as listenToPhone, showPhone } from "./phone.js";

const world = { people: [], news: null, bot: null, person: 0, chat: 0, seen: new Map() };

/** The address holds the choice, `#PERSON` or `#PERSON/CHAT`: a reload comes back to it. */
function choose(person, chat) {
  pane("phone");
  location.hash = chat ? `${person}/${chat}` : `${person}`;
}

function chosen() {
  const [person, chat] = location.hash.slice(1).split("/").map(Number);
  world.person = world.people.some((one) => one.account === person) ? person : world.people[0].account;
  world.chat = chat || world.bot.id;
}

function pane(name) {
  document.body.dataset.pane = name;
}

async function meetPeople() {
  const people = await get("/page/people");
  world.people = people.map((one) => ({ ...one, searched: searchable(one) }));
}

async function refresh() {
  const news = await get("/page/news");
  world.news = { ...news, linked: new Set(news.linked), chats: new Map(news.chats.map((one) => [one.person, one])) };
  await Promise.all([refreshPhone(), showDesk(news)]);
  showPeople(world, choose);
}

async function refreshPhone() {
  const person = world.people.find((one) => one.account === world.person);
  const mine = `/sandbox/people/${person.account}/chats`;
  const [chats, conversation] = await Promise.all([get(mine), get(`${mine}/${world.chat}`)]);
  if (person.account !== world.person || conversation.chat !== world.chat) return;
  if (conversation.chat === world.bot.id) world.seen.set(person.account, conversation.changed);
  const linked = person.role ? [word(world.news.linked.has(person.account) ? "linked" : "unlinked")] : [];
  const blocked = conversation.standing === "kicked" ? [word("blocked")] : [];
  at("name").textContent = person.name;
  at("about").textContent = [roleOf(person), person.unit, person.position, ...linked, ...blocked].filter(Boolean).join("｜");
  showPhone(person, chats, conversation, world.bot);
}

async function keepWatch(version) {
  for (;;) {
    try {
      ({ version } = await get(`/sandbox/changes?after=${version}`));
      await refresh();
      await pause(0.2);
    } catch {
      remark(word("lost"), 2);
      await pause(2);
    }
  }
}

async function welcomeNewcomer() {
  const first_name = prompt(word("newcomer_name"));
  if (!first_name) return;
  const { id } = await post("/sandbox/people", { first_name, phone: prompt(word("newcomer_phone")) || "" });
  await meetPeople();
  choose(id);
}

async function open() {
  speak();
  const state = await get("/sandbox/state");
  [world.bot] = state.bots;
  await meetPeople();
  chosen();
  await refresh();
  listenToPhone();
  listenToDesk();
  addEventListener("hashchange", () => { chosen(); refresh(); });
  addEventListener("unhandledrejection", ({ reason }) => remark(reason.message));
  at("search").oninput = () => { showPeople(world, choose); at("list").scrollTop = 0; };
  at("newcomer").onclick = welcomeNewcomer;
  for (const one of document.querySelectorAll("#panes button")) one.onclick = () => pane(one.dataset.pane);
  keepWatch(state.version);
}

open();
