// Passkeys: carries the server's question to the device and the device's answer back. What goes wrong stands in a note
// within the form; a person who changed their mind is told so too.
import { icon } from "./icon.js";

const able = Boolean(window.PublicKeyCredential && navigator.credentials);
const enter = document.querySelector("[data-passkey-enter]");
const add = document.querySelector("[data-passkey-add]");

if (able) {
  for (const part of document.querySelectorAll("[data-passkey-enter], [data-passkey-with]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-passkey-without]")) part.hidden = true;
}

enter?.addEventListener("click", () => attempt(enter, async () => {
  const { token, options } = await ask("/sign-in/passkey/begin", "");
  const publicKey = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  const credential = await navigator.credentials.get({ publicKey });
  return answer("/sign-in/passkey", { token, next: enter.dataset.next, credential: written(credential) });
}));

add?.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(add, async () => {
    const fields = new URLSearchParams(new FormData(add));
    const { token, options } = await ask(add.action, fields);
    const { publicKey } = options;
    publicKey.challenge = bytes(publicKey.challenge);
    publicKey.user.id = bytes(publicKey.user.id);
    for (const known of publicKey.excludeCredentials ?? []) known.id = bytes(known.id);
    const credential = await navigator.credentials.create({ publicKey });
    return answer("/settings/you/passkeys", { token, name: fields.get("name"), credential: written(credential) });
  });
});

class Refused extends Error {}

async function attempt(part, steps) {
  const form = part.closest("form");
  form.querySelector(".note.wrong")?.remove();
  try {
    const { next } = await steps();
    location.assign(next);
  } catch (error) {
    const said = document.createElement("span");
    said.textContent = error instanceof Refused ? error.message : part.dataset.failed;
    const note = document.createElement("p");
    note.className = "note wrong";
    note.setAttribute("role", "alert");
    note.append(icon("triangle-alert"), said);
    form.querySelector("label").before(note);
  }
}

async function ask(path, body) {
  const response = await fetch(path, { method: "POST", body });
  const data = await response.json();
  if (data.mistake) throw new Refused(data.mistake);
  return data;
}

const answer = (path, data) => ask(path, JSON.stringify(data));

/** What the device answered, with its bytes in base64url. */
function written({ id, rawId, type, response }) {
  const fields = ["attestationObject", "clientDataJSON", "authenticatorData", "signature", "userHandle"];
  const sent = Object.fromEntries(fields.filter((name) => response[name]).map((name) => [name, text(response[name])]));
  return { id, rawId: text(rawId), type, response: sent, extensions: {} };
}

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
