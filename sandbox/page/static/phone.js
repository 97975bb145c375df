// One person's phone, open at one chat.

import { pause, get, post, upload } from "./api.js";
import { at, button, element, remark, word } from "./dom.js";
import { bubble } from "./message.js";
import { day } from "./time.js";

const shown = new Map();
let open = { address: "", person: null, conversation: null };
let token = "";
let atEnd = true;

/** Show `conversation` on `person`'s phone; messages that did not change stay as they are. */
export function showPhone(person, chats, conversation, bot) {
  const address = `/sandbox/people/${person.account}/chats/${conversation.chat}`;
  const other = address !== open.address;
  if (other) shown.clear();
  open = { address, person, conversation, bot };
  showChats(chats);
  showMessages(conversation, other);
  showComposer(conversation, other);
  showInvitation();
}

const act = (name, given) => post(`${open.address}/${name}`, given);
const say = (text) => act("text", { text });

function showChats(chats) {
  const tabs = chats.map((chat) => element("a", {
    href: `#${open.person.account}/${chat.chat}`,
    className: chat.chat === open.conversation.chat ? "here" : "",
  }, chat.title));
  at("chats").replaceChildren(...(chats.length > 1 ? tabs : []));
}

function showMessages(conversation, other) {
  const box = at("messages");
  atEnd = other || box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const inGroup = conversation.kind !== "private";
  let today = "";
  const nodes = conversation.messages.flatMap((message) => {
    const written = JSON.stringify(message);
    const kept = shown.get(message.id);
    const node = kept?.written === written ? kept.node : bubble(message, inGroup, { press, say, open: follow });
    shown.set(message.id, { written, node });
    const date = day(message.at);
    const fresh = date !== today;
    today = date;
    return fresh ? [element("p", { className: "event" }, date), node] : [node];
  });
  if (conversation.typing) nodes.push(element("p", { className: "event" }, word("typing")));
  box.replaceChildren(...nodes);
  stayAtEnd();
}

function stayAtEnd() {
  if (atEnd) at("messages").scrollTop = at("messages").scrollHeight;
}

function showComposer({ standing, kind, keyboard, menu }, other) {
  const doors = { stranger: kind === "private" ? "start" : "join", left: "join", kicked: "unblock" };
  const door = doors[standing];
  at("composer").hidden = Boolean(door);
  at("begin").hidden = !door;
  at("begin").textContent = door ? word(door) : "";
  at("begin").onclick = () => (door === "start" ? say("/start") : act(door));
  at("keyboard").replaceChildren(...(door ? [] : keyboard.map((row) => element("div", { className: "row" },
    ...row.map((key) => button(key.text, () => (key.request_contact ? act("contact") : say(key.text))))))));
  at("commands").replaceChildren(...menu.map(({ command, description }) =>
    button(`/${command}  ${description}`, () => { at("commands").hidden = true; say(`/${command}`); })));
  at("slash").hidden = !menu.length;
  if (other) { at("commands").hidden = true; at("words").value = ""; }
  showDeeds(standing, kind);
}

function showDeeds(standing, kind) {
  const bot = open.bot.id;
  const deed = (name, act) => button(word(name), async () => { await act(); at("deeds").parentElement.open = false; });
  const deeds = kind === "private" ? [
    deed("share_phone", () => act("contact")),
    standing === "member" ? deed("block", () => act("block")) : null,
    deed("new_group", newGroup),
  ] : [
    deed("add_bot", () => act("add_bot", { bot })),
    deed("remove_bot", () => act("remove_bot", { bot })),
  ];
  at("deeds").replaceChildren(...deeds.filter(Boolean));
}

async function newGroup() {
  const title = prompt(word("group_title"));
  if (!title) return;
  const { chat } = await post(`/sandbox/people/${open.person.account}/groups`, { title, bot: open.bot.id });
  location.hash = `${open.person.account}/${chat}`;
}

async function press(message, pressed, key) {
  if (pressed.url) return follow(pressed.url);
  if (pressed.copy_text) { await navigator.clipboard.writeText(pressed.copy_text.text); return remark(word("copied")); }
  key.classList.add("pressed");
  const { query } = await act("press", { message: message.id, data: pressed.callback_data });
  const answer = await answerTo(query);
  key.classList.remove("pressed");
  if (answer === null) return remark(word("no_answer"));
  if (answer.show_alert) alert(answer.text);
  else if (answer.text) remark(answer.text);
}

async function answerTo(query) {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await get(`/sandbox/queries/${query}`);
    if (answer.answered) return answer;
    await pause(0.25);
  }
  return null;
}

/** A tapped link: one to the bot waits to be opened by whoever is chosen, as a link passed on. */
function follow(written) {
  const url = new URL(/^\w+:/.test(written) ? written : `https://${written}`);
  const own = url.host === "t.me" && url.pathname === `/${open.bot.username}`;
  if (!own) return window.open(url, "_blank", "noopener");
  token = url.searchParams.get("start") || "";
  if (!token) { location.hash = `${open.person.account}`; return null; }
  return showInvitation();
}

function showInvitation() {
  at("invited").hidden = !token;
  if (!token) return;
  const redeem = async () => {
    const started = `/start ${token}`;
    token = "";
    await post(`/sandbox/people/${open.person.account}/chats/${open.bot.id}/text`, { text: started });
    location.hash = `${open.person.account}`;
    showInvitation();
  };
  at("invited").replaceChildren(word("invited", { token: `…${token.slice(-6)}` }),
    button(word("open_as", { name: open.person.name }), redeem, "strong"),
    button(word("drop"), () => { token = ""; showInvitation(); }));
}

/** What the typing box and its neighbours do. */
export function listen() {
  at("messages").addEventListener("load", stayAtEnd, true); // a picture grows when it has come
  const words = at("words");
  at("composer").onsubmit = (event) => {
    event.preventDefault();
    if (!words.value.trim()) return;
    say(words.value);
    words.value = "";
    words.style.height = "";
  };
  words.onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at("composer").requestSubmit();
  };
  words.oninput = () => { words.style.height = ""; words.style.height = `${words.scrollHeight}px`; };
  at("slash").onclick = () => { at("commands").hidden = !at("commands").hidden; };
  at("file").onchange = async ({ target }) => {
    for (const file of target.files) {
      const given = new URLSearchParams({ kind: file.type.startsWith("image/") ? "photo" : "document", name: file.name, caption: words.value });
      await upload(`${open.address}/file?${given}`, file);
    }
    words.value = target.value = "";
  };
}
