// Saves what a package says, one commit after the other, and tells the truth about it.
// A commit is the whole state of one part. It counts as saved once the server has said so; until then it is sent again.

const LONGEST_WAIT = 30;
const KEPT_ALIVE = 60_000; // bytes that a browser still sends for a page that is being left
export const FINAL = {
  finished: "Finished, and on your record.",
  elsewhere: "Not saved here: you have opened this course in another window. Go on there, or open it again.",
  expired: "Not saved: this page has been open for too long. Open the course again.",
  unknown: "Not saved: this page is not valid any more. Open the course again.",
};
const LOST = "The last step could not be saved: the course sent something that cannot be kept.";

export class Saver {
  // `show(text, isGood)` is called with what the learner should know, `told(answer)` with each acknowledgement.
  constructor({ token, number, show, told }) {
    Object.assign(this, { token, issued: number, show, told });
    this.waiting = new Map(); // the newest state of each part, as yet unsent
    this.isSending = this.isLeaving = this.isOver = false;
  }

  put(state) {
    if (this.isOver) return;
    this.waiting.delete(state.item);
    this.waiting.set(state.item, state);
    if (this.isLeaving) this.sendLast();
    else this.send();
  }

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    while (this.waiting.size && !this.isOver) {
      this.show("Saving…", true);
      await this.deliver(this.next());
    }
    this.isSending = false;
  }

  // Until everything that has been put is settled.
  async idle() {
    while (this.isSending && !this.isOver) await new Promise((done) => setTimeout(done, 100));
  }

  next() {
    const [item, state] = this.waiting.entries().next().value;
    this.waiting.delete(item);
    return JSON.stringify({ number: ++this.issued, ...state });
  }

  async deliver(body) {
    for (let wait = 1; !this.isOver; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const answer = await this.heard(body).catch(() => null);
      if (answer && answer.status < 500 && answer.status !== 429) return this.settle(answer);
      this.show("Not saved yet. Keep this page open: we are trying again.", false);
      await new Promise((done) => setTimeout(done, wait * 1000));
    }
  }

  settle({ ok, said }) {
    if (ok) {
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      this.show(said.is_finished ? FINAL.finished : `Saved at ${time}`, true);
      this.isOver = said.is_finished;
      this.told(said);
    } else if (said.refused in FINAL) {
      this.isOver = true;
      this.show(FINAL[said.refused], said.refused === "finished");
    } else {
      this.show(LOST, false);
    }
  }

  // The whole answer. A success that breaks off has told nothing: it is asked again, and acknowledged again.
  async heard(body) {
    const answer = await this.post(body);
    const said = await (answer.ok ? answer.json() : answer.json().catch(() => ({})));
    return { ok: answer.ok, status: answer.status, said };
  }

  post(body, keepalive = false) {
    const headers = { "Content-Type": "application/json", "X-Launch": this.token };
    return fetch("/run/commit/", { method: "POST", headers, body, keepalive, cache: "no-store" });
  }

  // The page is being left: what is still waiting goes out at once, without hearing what becomes of it.
  sendLast() {
    this.isLeaving = true;
    while (this.waiting.size && !this.isOver) {
      const body = this.next();
      this.post(body, body.length < KEPT_ALIVE).catch(() => null);
    }
  }
}
