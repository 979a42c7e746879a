// Sends answers as they are given, and those that wait once there is a connection again. Says honestly where they are.
"use strict";

const queue = (() => {
  const { base, words } = answers;
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 60000;
  let wait = FIRST_WAIT;
  let timer = 0;
  let running = null; // the sending under way

  // both, server: all is saved; saving; kept, unkept: no connection; ended: the server takes no more
  function tell(state) {
    const line = document.getElementById("answer-state");
    if (!line || line.dataset.state === state) return;
    line.dataset.state = state;
    line.textContent = words[state];
  }

  const savedState = () => (answers.canKeep() ? "both" : "server");
  const keptState = () => (answers.canKeep() ? "kept" : "unkept");

  function post(path, body) {
    return fetch(base + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout?.(20000),
    });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, wait + Math.random() * wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function sendOnce() {
    const batch = answers.unsent();
    if (!Object.keys(batch).length) return "saved";
    if (navigator.onLine !== false) tell("saving");
    let response;
    try {
      response = await post("save/", { answers: batch });
    } catch {
      return "offline";
    }
    if (response.status === 409) return "handed in";
    if ([404, 410].includes(response.status)) return "ended";
    if (!response.ok) return "offline"; // the server is ill: its time will come
    answers.markSent(batch, (await response.json()).errors);
    return sendOnce(); // what was said meanwhile
  }

  async function run() {
    const outcome = await sendOnce();
    if (outcome === "saved") {
      wait = FIRST_WAIT;
      clearTimeout(timer);
      tell(savedState());
    } else if (outcome === "offline") {
      tell(keptState());
      later();
    } else if (outcome === "handed in") {
      answers.forget();
      location.replace(`${base}done/`);
    } else {
      tell("ended");
    }
    return outcome;
  }

  // Resolves to "saved", "offline", "ended" or "handed in". One sending at a time.
  function send() {
    running ??= run().finally(() => { running = null; });
    return running;
  }

  async function flush() {
    if (running) await running;
    return send();
  }

  // To another page: at once where the phone keeps what is unsent, or else once it is sent.
  async function leave(path) {
    const outcome = answers.canKeep() ? "kept" : await flush();
    if (["kept", "saved"].includes(outcome)) location.assign(base + path);
  }

  const wake = () => {
    if (document.visibilityState !== "visible") return;
    wait = FIRST_WAIT;
    if (Object.keys(answers.unsent()).length) send();
  };
  addEventListener("beforeunload", (event) => {
    if (!answers.canKeep() && !answers.isKiosk && Object.keys(answers.unsent()).length) event.preventDefault();
  });
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);
  wake();

  return { send, flush, leave, tell, keptState, savedState };
})();
