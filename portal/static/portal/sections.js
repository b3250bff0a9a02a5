// What a form page does with scripts: questions that depend on others come and go, entries are added and removed.
function chosen(form, name) {
  return [...form.querySelectorAll(`[name="${name}"]:checked`)].map((input) => input.value);
}

function showAndHide(form) {
  form.querySelectorAll("[data-decider]").forEach((block) => {
    const wanted = block.dataset.values.split(" ");
    const on = chosen(form, block.dataset.decider).some((value) => wanted.includes(value));
    block.classList.toggle("portal-conditional--off", !on);
  });
}

class Entries {
  constructor(box) {
    this.box = box;
    this.template = box.querySelector("template");
    this.said = box.querySelector("[data-entries-said]");
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.name === "add") this.add(event);
      if (button?.name === "remove") this.remove(event, button);
    });
  }

  all() {
    return [...this.box.querySelectorAll(":scope > [data-entry]")];
  }

  next() {
    const numbers = [...this.box.querySelectorAll(":scope > [data-entry] [name]")].map((input) => {
      const parts = input.name.split("-");
      return Number(parts.at(-2)) || 0;
    });
    return Math.max(-1, ...numbers) + 1;
  }

  add(event) {
    event.preventDefault();
    const html = this.template.innerHTML.replaceAll("__n__", this.next()).replaceAll("__number__", this.all().length + 1);
    const made = document.createRange().createContextualFragment(html).querySelector("[data-entry]");
    this.template.before(made);
    this.renumber();
    made.querySelector("input, textarea").focus();
    this.said.textContent = `Entry ${this.all().length} added.`;
  }

  remove(event, button) {
    // The only entry cannot go: the server clears it.
    if (this.all().length < 2) return;
    event.preventDefault();
    const entry = button.closest("[data-entry]");
    const beside = entry.previousElementSibling?.matches("[data-entry]") ? entry.previousElementSibling : null;
    entry.remove();
    this.renumber();
    (beside || this.all()[0]).querySelector("input, textarea").focus();
    this.said.textContent = "Entry removed.";
    this.box.closest("form").dispatchEvent(new Event("autosave"));
  }

  renumber() {
    this.all().forEach((entry, index) => {
      entry.querySelector("[data-entry-title]").textContent = `Entry ${index + 1}`;
      const remove = entry.querySelector("button[name=remove] .nhsuk-u-visually-hidden");
      if (remove) remove.textContent = ` entry ${index + 1}`;
    });
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => {
  form.addEventListener("change", () => showAndHide(form));
  showAndHide(form);
  form.querySelectorAll("[data-entries]").forEach((box) => new Entries(box));
});
