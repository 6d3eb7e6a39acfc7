// The contents of a package as a list of buttons, and the way from one part to the next.

const WORDS = { passed: "passed", failed: "not passed yet", completed: "done", incomplete: "in progress", browsed: "looked at" };

// The list is open at first in a window of so many pixels, where all of it takes no more than so much of the height
const WIDE = 700;
const SHARE = 0.3;

export class Contents {
  constructor(items, open) {
    Object.assign(this, { items, open, current: "" });
    this.parts = items.filter((item) => item.href);
    this.back = document.getElementById("back");
    this.next = document.getElementById("next");
    this.back.addEventListener("click", () => this.step(-1));
    this.next.addEventListener("click", () => this.step(1));
    const contents = document.getElementById("contents");
    const listing = document.getElementById("listing");
    contents.hidden = this.parts.length < 2;
    document.getElementById("count").textContent = `(${this.parts.length} parts)`;
    this.draw();
    listing.open = true;
    listing.open = innerWidth > WIDE && contents.scrollHeight <= innerHeight * SHARE;
  }

  // The part so many steps from here that is open, if there is one.
  beside(steps) {
    let place = this.parts.findIndex((part) => part.key === this.current) + steps;
    while (this.parts[place] && !this.parts[place].is_open) place += steps;
    return this.parts[place];
  }

  step(steps) {
    const part = this.beside(steps);
    if (part) this.open(part.key);
  }

  choose(key) {
    const part = this.parts.find((each) => each.key === key);
    if (part && part.is_open) this.open(key);
  }

  learn(standing) {
    for (const part of this.parts) Object.assign(part, standing[part.key]);
    this.draw();
  }

  draw(current = this.current) {
    this.current = current;
    const focused = document.activeElement?.dataset?.key;
    document.getElementById("list").replaceChildren(...this.items.filter((item) => item.is_shown).map((item) => this.line(item)));
    if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    const here = this.parts.find((part) => part.key === current);
    this.back.hidden = this.next.hidden = this.parts.length < 2 || !here?.flow;
    this.back.disabled = !this.beside(-1);
    this.next.disabled = !this.beside(1);
  }

  line(item) {
    const line = document.createElement("li");
    line.className = `run__item run__item--${Math.min(item.depth, 4)}`;
    if (!item.href) {
      line.textContent = item.title;
      return line;
    }
    const button = document.createElement("button");
    const status = item.is_done ? "done" : WORDS[item.status] || "not started";
    button.type = "button";
    button.className = "run__part";
    button.dataset.key = item.key;
    button.textContent = `${item.title} (${item.is_open ? status : "opens later"})`;
    button.disabled = !item.is_open || !item.choice;
    if (item.key === this.current) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => this.open(item.key));
    line.append(button);
    return line;
  }
}
