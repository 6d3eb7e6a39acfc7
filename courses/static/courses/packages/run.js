// The wrapper page: starts a launch, opens its parts one at a time, and saves what they say.
import { Contents } from "./contents.js";
import * as h5p from "./h5p.js";
import { FINAL, Saver } from "./saving.js";
import * as scorm from "./scorm.js";

const EVERY = 5000; // milliseconds between looking for changes that the part itself has not saved
const EXIT_KEYS = 3;
const token = location.hash.slice(1);
const site = document.body.dataset.site;
const frame = document.getElementById("content");
const opened = new Set();
const UNAVAILABLE = "This course cannot be opened just now. Try again later.";
let saver, contents, player, version, run, part;

function show(text, isGood) {
  const line = document.getElementById("saved");
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("run__saved--bad", !isGood);
}

async function start() {
  history.replaceState(null, "", location.pathname); // no package reads the token from the address
  if (!(await fetchRun())) return;
  saver = new Saver({ token, number: run.number, show, told });
  contents = new Contents(run.items, open);
  player = run.kind === "h5p" ? h5p : scorm;
  version = await player.load(run.kind);
  show("Nothing to save yet", true);
  await open(run.current);
}

// The package's contents and the stored state of each part; whether they could be had.
async function fetchRun() {
  const answer = await fetch("/run/start/", { method: "POST", headers: { "X-Launch": token }, cache: "no-store" });
  const said = await answer.json();
  if (answer.ok) run = said;
  else show(FINAL[said.refused] || UNAVAILABLE, said.refused === "finished");
  return answer.ok;
}

function told(answer) {
  if (answer.items) contents.learn(answer.items);
  if (answer.is_finished) parent.postMessage("finished", site);
}

// Leaves the part that is open, which may still have something to say, and opens another.
async function open(key) {
  await close();
  if (opened.has(key)) {
    await saver.idle();
    if (!(await fetchRun())) return;
  }
  opened.add(key);
  const item = run.items.find((each) => each.key === key);
  part = { key, session: saver.issued + 1, isChanged: false, isOver: false };
  if (item.is_sco) part.api = player.open(version, run.seeds[key], listeners(part));
  contents.draw(key);
  await go(player.address(run.files, item.href));
  if (!item.is_sco) save(part);
}

function listeners(mine) {
  return {
    change: () => (mine.isChanged = true),
    commit: () => save(mine),
    over: () => {
      mine.isOver = true;
      save(mine);
    },
    step: (step, target) => setTimeout(() => follow(step, target)),
  };
}

function follow(step, target) {
  if (step === "choice") contents.choose(target);
  else contents.step(step === "next" ? 1 : -1);
}

async function close() {
  if (!part) return;
  await go("about:blank");
  if (part.isChanged) save(part);
  part.api?.close();
}

function go(address) {
  return new Promise((done) => {
    frame.addEventListener("load", done, { once: true });
    frame.contentWindow.location.replace(address);
  });
}

function save(mine) {
  const cmi = mine.api ? mine.api.state() : {};
  mine.isChanged = false;
  saver.put({ item: mine.key, session: mine.session, is_over: mine.isOver, cmi });
}

// Shift pressed three times leaves the site, from inside the package too.
function watchForExit(target) {
  let pressed = [];
  target.addEventListener("keyup", (event) => {
    pressed = event.key === "Shift" ? [...pressed.filter((at) => at > event.timeStamp - 5000), event.timeStamp] : [];
    if (pressed.length >= EXIT_KEYS) parent.postMessage("exit", site);
  }, true);
}

function watchFrames(view) {
  for (let place = 0; place < view.frames.length; place++) {
    try {
      const inner = view.frames[place];
      if (inner.runIsWatching !== inner.document) {
        inner.runIsWatching = inner.document;
        watchForExit(inner.document);
      }
      watchFrames(inner);
    } catch {
      // a frame of another origin: its keys are its own
    }
  }
}

watchForExit(document);
setInterval(() => part?.isChanged && save(part), EVERY);
setInterval(() => watchFrames(window), 500);
window.addEventListener("pagehide", () => {
  if (part?.isChanged) save(part);
  saver?.sendLast();
});
start().catch(() => show(UNAVAILABLE, false));
