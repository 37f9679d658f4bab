// A hash is copied by a click on it or, from the keyboard, on the focused code.
import { icon } from "./icon.js";

for (const code of document.querySelectorAll("[data-copy]")) {
  code.tabIndex = 0;
  code.setAttribute("role", "button");
  code.addEventListener("click", () => copy(code));
  code.addEventListener("keydown", (event) => {
    if (event.key === "Enter") copy(code);
  });
}

async function copy(code) {
  await navigator.clipboard?.writeText(code.textContent.trim());
  code.querySelector(".icon")?.remove();
  code.append(icon("check"));
  setTimeout(() => code.querySelector(".icon")?.remove(), 1500);
}
