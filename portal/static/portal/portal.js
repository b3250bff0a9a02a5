// Brings the NHS.UK components to life, on the page and in whatever htmx puts into it.
const here = document.getElementById("portal-script");
const { initAll } = await import(here.dataset.nhsuk);

// aria-expanded, which the component gives to a radio that reveals something, is not allowed on radios.
const dropExpanded = () => document.querySelectorAll("input[type=radio][aria-expanded]").forEach((radio) => radio.removeAttribute("aria-expanded"));

initAll();
dropExpanded();
document.addEventListener("click", dropExpanded);
window.addEventListener("pageshow", () => setTimeout(dropExpanded));
document.body.addEventListener("htmx:load", (event) => {
  if (event.target === document.body) return;
  initAll({ scope: event.target });
  dropExpanded();
  foldFilters(event.target);
});

// Filters stand before the list. On a small screen they are folded until somebody opens them, also after a new answer;
// never what is wrong in them.
const small = window.matchMedia("(max-width: 48em)");
let unfolded = !small.matches;
small.addEventListener("change", () => {
  unfolded = !small.matches;
  foldFilters(document);
});
function foldFilters(scope) {
  scope.querySelectorAll("details[data-filters]").forEach((filters) => {
    filters.open = unfolded || filters.querySelector(".nhsuk-error-message") !== null;
    filters.addEventListener("toggle", () => (unfolded = filters.open));
  });
}
foldFilters(document);

// A second submit of the same form is held back until the page answers or ten seconds are over.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.submitted && Date.now() - Number(form.dataset.submitted) < 10000) event.preventDefault();
  else if (form.method === "post" && form.hasAttribute("data-submit-once")) form.dataset.submitted = String(Date.now());
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-submitted]").forEach((form) => delete form.dataset.submitted);
});
