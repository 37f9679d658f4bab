// Assigning and ignoring from a list: the key opens a dialog about the line in focus, a number or Enter decides, and
// the answer takes the line's place. Without this script the same buttons lead to the interaction's page.
import { neighbour } from "./keys.js";

const dialogs = {
  assign: document.getElementById("picker"),
  ignore: document.getElementById("ignoring"),
};
let row;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act=assign], [data-act=ignore]");
  if (button && dialogs.assign && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    open(dialogs[button.dataset.act], button.closest("[data-row]"));
  }
  event.target.closest("[data-close]")?.closest("dialog").close();
});

function open(dialog, about) {
  row = about;
  const { id, headline, from, alwaysAddress, alwaysDomain } = row.dataset;
  const form = dialog.querySelector("form");
  form.reset();
  form.setAttribute("action", `/interactions/${id}/${form.dataset.picker}`);
  dialog.querySelector("[data-about]").textContent = `${from}: ${headline}`;
  label(dialog.querySelector("[data-always-address]"), alwaysAddress);
  label(dialog.querySelector("[data-always-domain]"), alwaysDomain);
  dialog.querySelector("[data-new]")?.setAttribute("href", `/clients/new?from=${encodeURIComponent(id)}`);
  const find = dialog.querySelector(".picker-find");
  find?.setAttribute("hx-vals", JSON.stringify({ interaction: id }));
  dialog.showModal();
  if (find) htmx.trigger(find, "wake");
}

/** Names a tick, or hides it when there is nothing to learn. */
function label(place, text) {
  if (!place) return;
  place.textContent = text ?? "";
  place.closest("label").hidden = !text;
}

for (const dialog of Object.values(dialogs)) {
  dialog?.addEventListener("close", () => row?.querySelector("[data-open]")?.focus({ preventScroll: true }));
}

// A picker is sent by one of its options; Enter in its search field takes the first.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".picker, [data-picker]")) return;
  const chosen = event.submitter?.closest(".option") ?? form.querySelector(".picker + .none, .options .option");
  const own = form.querySelector("[data-reason]");
  const isOwn = own && (event.submitter?.matches("[data-own]") || document.activeElement === own);
  if (form.matches(".picker") && !chosen) return event.preventDefault();
  if (isOwn && !own.value.trim()) {
    event.preventDefault();
    own.focus();
    return;
  }
  if (!form.dataset.picker) return;
  event.preventDefault();
  const values = Object.fromEntries(new FormData(form));
  if (!isOwn && chosen) values[chosen.name] = chosen.value;
  send(form, values);
});

async function send(form, values) {
  const done = row;
  row = neighbour(done);
  form.closest("dialog").close();
  await htmx.ajax("POST", form.getAttribute("action"), { source: done, target: done, swap: "outerHTML", values });
}

// Numbers choose while nothing is typed; arrows walk the options.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest(".picker, [data-picker]");
  if (!form || event.ctrlKey || event.metaKey || event.altKey) return;
  const options = [...form.querySelectorAll(".option")];
  const at = options.indexOf(document.activeElement);
  const find = form.querySelector(".picker-find");
  const free = event.target.matches(".option, [type=checkbox], [data-close]") || (event.target === find && find.value === "");
  if (/^[1-9]$/.test(event.key) && (free || event.target.matches("dialog"))) {
    const option = options[Number(event.key) - 1];
    if (!option) return;
    event.preventDefault();
    form.requestSubmit(option);
  } else if (event.key === "ArrowDown" && (event.target === find || at >= 0)) {
    event.preventDefault();
    options[Math.min(at + 1, options.length - 1)]?.focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (options[at - 1] ?? find)?.focus();
  }
});
