// The fields under the search box write words such as `from:anna` into the query, and read them from it. They have no
// names of their own: what is asked is always the one line.
const line = document.querySelector("[data-find]");
const fields = [...document.querySelectorAll("[data-filter]")];
const word = (name) => new RegExp(`(?:^|\\s)${name}:(?:"([^"]*)"|(\\S*))`);

if (line) {
  read();
  line.addEventListener("input", read);
  for (const field of fields) field.addEventListener("input", () => write(field));
}

function read() {
  for (const field of fields) {
    if (field === document.activeElement) continue;
    const found = line.value.match(word(field.dataset.filter));
    field.value = found?.[1] ?? found?.[2] ?? "";
    if (field.value) field.closest("details").open = true;
  }
}

function write(field) {
  const name = field.dataset.filter;
  const value = field.value.replaceAll('"', "").trim();
  const rest = line.value.replace(word(name), "").trim();
  const said = /\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`;
  line.value = value ? `${rest} ${said}`.trim() : rest;
  line.dispatchEvent(new Event("input", { bubbles: true }));
}
