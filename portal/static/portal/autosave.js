// Saves a form on the server while it is filled in. The page itself holds the only copy until then: nothing is
// put into this browser's storage, which others may share.
const PAUSE = 2000; // after the last key
const RETRY = [3000, 6000, 12000, 30000];
const SAID = {
  saving: "Saving…",
  offline: "Not saved yet: we cannot reach the service. What you typed is still on this page, and we keep trying.",
  signedOut: "Not saved yet: you are signed out. Sign in again in another tab, then come back here. We keep trying.",
  refused: "Not saved. Copy what you typed, then open the page again.",
  clash: "This section was changed in another tab or on another device. Nothing you typed is lost: compare the two and choose.",
};

class Autosave {
  constructor(form) {
    this.form = form;
    this.said = form.querySelector("[data-autosave-said]");
    this.problem = form.querySelector("[data-autosave-problem]");
    this.tick = 0;
    this.failures = 0;
    this.sent = this.typed();
    for (const type of ["input", "change"]) form.addEventListener(type, () => this.later(PAUSE));
    form.addEventListener("focusout", () => this.later(0));
    form.addEventListener("autosave", () => this.later(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => this.failures && this.isDirty() && event.preventDefault());
    form.addEventListener("submit", (event) => this.submit(event));
  }

  body() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  typed() {
    const data = this.body();
    for (const name of ["revision", "tick", "csrfmiddlewaretoken"]) data.delete(name);
    return new URLSearchParams(data).toString();
  }

  isDirty() {
    return this.typed() !== this.sent;
  }

  later(wait) {
    if (this.stopped || !this.isDirty()) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save() {
    if (this.stopped || this.leaving || !this.isDirty()) return;
    if (this.running) {
      this.later(PAUSE);
      return;
    }
    clearTimeout(this.timer);
    const typed = this.typed();
    this.form.elements.tick.value = String(++this.tick);
    this.running = this.send(this.body(), typed);
    await this.running;
    this.running = null;
    if (!this.failures) this.later(PAUSE);
  }

  async send(body, typed) {
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        redirect: "manual",
        keepalive: document.hidden,
        headers: { "X-Requested-With": "autosave" },
      });
      await this.heard(answer, typed);
    } catch {
      this.failed(SAID.offline);
    }
  }

  async heard(answer, typed) {
    if (answer.type === "opaqueredirect") return this.failed(SAID.signedOut);
    if (answer.status >= 500) return this.failed(SAID.offline);
    const kind = answer.headers.get("Content-Type") || "";
    const words = kind.includes("json") ? await answer.json() : {};
    if (words.status === "saved") return this.saved(words, typed);
    this.stopped = true;
    this.tell(words.status === "clash" ? SAID.clash : words.said || SAID.refused, words.status === "clash");
  }

  saved(words, typed) {
    this.sent = typed;
    this.failures = 0;
    this.form.elements.revision.value = String(words.revision);
    this.problem.hidden = true;
    if (this.said.textContent !== words.said) this.said.textContent = words.said;
  }

  failed(text) {
    const wait = RETRY[Math.min(this.failures++, RETRY.length - 1)];
    this.tell(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  tell(text, compare = false) {
    this.said.textContent = "";
    if (!this.problem.hidden && this.problem.firstChild?.textContent === text) return;
    const words = document.createElement("p");
    words.textContent = text;
    this.problem.replaceChildren(words);
    if (compare) this.problem.append(this.compareButton());
    this.problem.hidden = false;
  }

  compareButton() {
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", name: "go", value: "continue", textContent: "Compare the two versions" });
    button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
    return button;
  }

  // A save that is under way is waited for, so that its answer cannot come after the page has gone.
  async submit(event) {
    const button = event.submitter;
    this.form.elements.tick.value = String(++this.tick);
    clearTimeout(this.timer);
    this.leaving = true;
    if (!this.running) {
      this.failures = 0;
      return;
    }
    event.preventDefault();
    await Promise.race([this.running, new Promise((done) => setTimeout(done, 3000))]);
    this.running = null;
    this.failures = 0;
    this.form.requestSubmit(button);
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const autosave = new Autosave(form);
  window.addEventListener("pageshow", (event) => event.persisted && Object.assign(autosave, { leaving: false }));
});
