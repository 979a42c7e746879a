// Sends a contact log in pieces, so that a large one survives a broken connection. Without this, the form sends it whole.
"use strict";
(() => {
  const PIECE = 4 * 1024 * 1024, PAUSE_MS = 2000, TRIES_MOST = 900;
  const form = document.getElementById("contact-form");
  const input = document.getElementById("id_file");
  const problem = document.getElementById("file-error");
  const sending = document.getElementById("sending");
  const bar = sending.querySelector("progress");
  const said = document.getElementById("sending-said");
  const button = document.getElementById("send");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const units = ["B", "KB", "MB", "GB", "TB"];

  function sizeOf(bytes) {
    const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), units.length - 1);
    return `${(bytes / 1024 ** power).toLocaleString(document.documentElement.lang, { maximumFractionDigits: power > 1 ? 1 : 0 })} ${units[power]}`;
  }

  function complain(text) {
    const words = document.createElement("p");
    words.textContent = text;
    problem.replaceChildren(words);
    input.setAttribute("aria-invalid", "true");
    sending.hidden = true;
    button.disabled = false;
    input.disabled = false;
    input.focus();
  }

  class Refused extends Error {}

  async function ask(address, body, type) {
    const headers = { "X-CSRFToken": token, Accept: "application/json", ...(type ? { "Content-Type": type } : {}) };
    const answer = await fetch(address, { method: body === null ? "GET" : "POST", headers, body: body ?? undefined });
    const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
    if (told.error) throw new Refused(told.error);
    if (answer.redirected || [401, 403, 404].includes(answer.status)) throw new Refused(form.dataset.failed);
    if (!told.address) throw new Error(String(answer.status));
    return told;
  }

  async function patiently(what, address) {
    for (let tries = 0; ; tries += 1) {
      try {
        return tries && address ? await ask(address, null) : await what();
      } catch (error) {
        if (error instanceof Refused || tries >= TRIES_MOST) throw error;
        said.textContent = form.dataset.offline;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  function show(received, file, began, before) {
    bar.value = (100 * received) / file.size;
    const words = form.dataset.sent.replace("%(sent)s", sizeOf(received)).replace("%(whole)s", sizeOf(file.size));
    const left = ((performance.now() - began) / 60000) * ((file.size - received) / Math.max(received - before, 1));
    const minutes = received > before && left >= 1 ? `, ${form.dataset.left.replace("%(n)s", Math.round(left))}` : "";
    said.textContent = received >= file.size ? form.dataset.checking : words + minutes;
  }

  async function send(file) {
    const begin = new URLSearchParams({ name: file.name, size: file.size, stamp: file.lastModified });
    let told = await patiently(() => ask(form.action, begin), "");
    const began = performance.now(), before = told.received;
    while (!told.next) {
      const { address, received } = told;
      show(received, file, began, before);
      const piece = file.slice(received, received + PIECE);
      told = await patiently(() => ask(`${address}?offset=${received}`, piece, "application/octet-stream"), address);
    }
    window.location.assign(told.next);
  }

  form.addEventListener("submit", async (event) => {
    const file = input.files[0];
    if (!file) return;
    event.preventDefault();
    problem.replaceChildren();
    input.removeAttribute("aria-invalid");
    input.disabled = true;
    button.disabled = true;
    sending.hidden = false;
    said.textContent = "";
    try {
      await send(file);
    } catch (error) {
      complain(error instanceof Refused ? error.message : form.dataset.failed);
    }
  });

  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length || input.disabled) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
})();
