// The keyboard of the whole house. Lists mark themselves with data-rows, their lines with data-row, and the link of a
// line with data-open; focus moves from link to link, so Enter and screen readers need nothing of us.
const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent !== null);
const link = (row) => row?.querySelector("[data-open]");
export const current = () => document.activeElement?.closest("[data-row]");

let leader = "";

const acts = {
  j: () => move(1),
  k: () => move(-1),
  o: () => current()?.querySelector("[data-unfold=open]")?.click(),
  e: () => current()?.querySelector("[data-unfold=earlier]")?.click(),
  a: () => press("assign"),
  i: () => press("ignore"),
  r: () => current()?.querySelector("[data-act=retry]")?.click(),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  "/": () => find(),
  "?": () => document.getElementById("keys")?.showModal(),
};
const places = { c: "/clients", i: "/inbox", s: "/search" };

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    find();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) {
    if (event.key === "Escape" && event.target.matches("input")) event.target.blur();
    return;
  }
  const place = leader === "g" && places[event.key];
  leader = event.key === "g" ? "g" : "";
  if (place) {
    location.assign(place);
  } else if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});

/** The line below, else the one above. */
export function neighbour(row) {
  const all = rows();
  const at = all.indexOf(row);
  return all[at + 1] ?? all[at - 1];
}

/** Moves to the next or previous line; from nowhere, to the first one on screen. */
function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = at < 0 ? all.find((row) => row.getBoundingClientRect().top >= 0) : all[at + step];
  link(next)?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

/** The act of the line that has focus, else the page's own. */
function press(act) {
  const from = current() ?? document.querySelector(".interaction");
  const button = from?.querySelector(`[data-act=${act}]`);
  if (button?.matches("details")) {
    button.open = true;
    button.querySelector("input:not([type=hidden])")?.focus();
  } else {
    button?.click();
  }
}

function find() {
  const input = document.querySelector("[data-find]") ?? document.getElementById("find");
  input?.focus();
  input?.select();
}
