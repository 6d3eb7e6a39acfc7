// Sends what is chosen without leaving the page, and tells the truth about whether it is saved.
// Every form works without this file. With it, what the network or the server did not take is sent until they do:
// a page sent twice counts once. `data-keep="press"` is sent by its button, `data-keep="change"` by itself.
import { initAll } from "../ui/govuk-frontend.min.js";

const LONGEST_WAIT = 30;
const PAUSE = 1500;
const PLACE_PAUSE = 5000;
const CHANGED = "Not saved yet.";
const TRYING = "Not saved yet. Keep this page open: we are trying again.";
const SIGNED_OUT = "Not saved yet: you have been signed out. Keep this page open, and ";
const REFUSED = "This could not be saved. Open the page again.";
const HEADERS = { "X-Player": "1" };
const PLACES = ".course-at, .course-check[id], .course-story[id]";
const busy = new WeakSet();
const waiting = new Map(); // forms with a change that has not been sent yet, and their timers
let band; // the strip of the window where somebody reads

watch(document);
follow(document.querySelector("[data-follow]"));
addEventListener("pagehide", () => [...waiting.keys()].forEach((form) => post(form, body(form), true).catch(() => null)));

function watch(scope) {
  for (const form of scope.querySelectorAll("form[data-keep]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, true);
    });
    if (form.dataset.keep === "change") form.addEventListener("input", () => soon(form));
  }
}

function soon(form) {
  if (!waiting.has(form)) tell(form, CHANGED);
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => send(form, false), PAUSE));
}

// One at a time for each form; `isPressed` shows what the server makes of it, else only that it is saved.
async function send(form, isPressed) {
  if (busy.has(form)) return isPressed ? undefined : soon(form);
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  busy.add(form);
  if (isPressed) tell(form, "Saving…");
  await settle(form, await deliver(form, body(form)), isPressed);
  busy.delete(form);
}

async function deliver(form, sent) {
  for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const answer = await post(form, sent).catch(() => null);
    if (answer && answer.status < 500 && ![403, 429].includes(answer.status)) return answer;
    if (answer?.status === 403) await renew(sent);
    tell(form, TRYING);
    await moment(wait);
  }
}

// What has been typed meanwhile is on its way again: then the page's words are newer than what the server draws.
async function settle(form, answer, isPressed) {
  if (!answer.isData) {
    if (!answer.ok) return tell(form, REFUSED);
    return waiting.has(form) ? undefined : show(form, answer.text);
  }
  const told = JSON.parse(answer.text);
  const to = new URL(told.leads_to, location);
  if (!told.is_signed_in && form.querySelector("textarea")) return signIn(form, to);
  if (to.pathname !== location.pathname) return location.assign(to);
  const drawn = isPressed && (await page(to));
  if (waiting.has(form)) return tell(form, CHANGED);
  if (drawn) show(form, drawn);
  tell(document.getElementById(form.id) ?? form, `Saved at ${told.at}`);
}

// Words of one's own are not held by the server for somebody signed out: they stay here until they can be saved.
function signIn(form, to) {
  const link = Object.assign(document.createElement("a"), { href: to, target: "_blank", className: "govuk-link" });
  link.textContent = "sign in again (opens in a new tab)";
  tell(form, SIGNED_OUT, link);
  addEventListener("focus", () => soon(form), { once: true });
}

// The part of the page that the form stands in, as the server now draws it, or the whole page's.
function show(form, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const part = form.closest("section[id]") ?? document.getElementById("main-content");
  const drawn = fresh.getElementById(part.id);
  if (!drawn) return location.reload();
  part.replaceWith(drawn);
  drawn.querySelectorAll("form").forEach((each, place) => (each.id ||= `${part.id}-form-${place}`));
  initAll({ scope: drawn });
  watch(drawn);
  observe(drawn);
  const news = drawn.querySelector(".govuk-error-summary, .govuk-error-message, [data-news]") ?? drawn;
  news.tabIndex = -1;
  news.focus();
}

async function page(address) {
  for (let wait = 1; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const drawn = fetch(address, { cache: "no-store" }).then((answer) => answer.ok && answer.text());
    const html = await drawn.catch(() => "");
    if (html) return html;
    await moment(wait);
  }
}

// Signing in elsewhere has made this page's token stale: take the new one.
async function renew(sent) {
  const drawn = fetch(location.href, { cache: "no-store" }).then((answer) => answer.text());
  const fresh = new DOMParser().parseFromString(await drawn.catch(() => ""), "text/html");
  const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) sent.set("csrfmiddlewaretoken", token);
}

// The whole answer, or none: one that breaks off has told nothing.
async function post(form, sent, keepalive = false) {
  const answer = await fetch(form.action, { method: "POST", body: sent, headers: HEADERS, keepalive, cache: "no-store" });
  const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { ok: answer.ok, status: answer.status, isData, text: await answer.text() };
}

function body(form) {
  return new URLSearchParams(new FormData(form));
}

function moment(seconds) {
  return new Promise((done) => {
    setTimeout(done, seconds * 1000);
    addEventListener("online", done, { once: true });
  });
}

function tell(form, ...words) {
  let line = form.querySelector(".course-kept");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "govuk-body course-kept" });
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.replaceChildren(...words);
}

// Where on the page the reader is: sent when they stay there for a moment, and when they leave.
function follow(form) {
  if (!form) return;
  let here = "";
  let kept = "";
  let timer = 0;
  const keep = (isLast) => {
    if (!here || here === kept) return;
    const sent = body(form);
    sent.set("do", "place");
    sent.set("place", here);
    kept = here;
    post(form, sent, isLast).catch(() => (kept = ""));
  };
  const seen = (entries) => {
    const found = entries.find((entry) => entry.isIntersecting);
    if (!found || !scrollY) return;
    here = found.target.id;
    clearTimeout(timer);
    timer = setTimeout(keep, PLACE_PAUSE);
  };
  band = new IntersectionObserver(seen, { rootMargin: "-15% 0px -80% 0px" });
  observe(document.body);
  document.addEventListener("visibilitychange", () => document.hidden && keep(true));
}

// The blocks of a page, or of a part that has just been drawn, to which somebody can be brought back.
function observe(scope) {
  if (!band) return;
  [scope, ...scope.querySelectorAll(PLACES)].filter((each) => each.matches(PLACES)).forEach((each) => band.observe(each));
}
