// Files dropped anywhere on the page, or chosen, are imported at once.
const input = document.querySelector("[data-import]");
const sign = document.querySelector("[data-drop-sign]");

if (input) {
  input.addEventListener("change", send);
  addEventListener("dragenter", (event) => show(event.dataTransfer?.types.includes("Files")));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) show(false);
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    show(false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    send();
  });
}

function send() {
  if (input.files.length) input.form.requestSubmit();
}

function show(visible) {
  sign.hidden = !visible;
}
