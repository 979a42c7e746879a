// What was answered and what is empty, from the phone's own store; handing in, now or once there is a connection.
"use strict";

(() => {
  const { base, words } = answers;
  const byId = (id) => document.getElementById(id);
  const form = byId("answer-hand-in");
  const button = form.querySelector("button");
  const SOON = 5000;
  let timer = 0;
  let isBusy = false;

  function wordsOf(level) {
    return byId("answer-levels").content.querySelector(`[data-level="${level}"]`)?.textContent ?? words.empty;
  }

  function showRows() {
    const errors = answers.errors();
    for (const moment of answers.all()) {
      const row = document.querySelector(`[data-position="${moment.position}"]`);
      if (!row) continue;
      row.hidden = !moment.asked;
      row.querySelector(".answer-list-said").textContent = errors[moment.position] ? words.mend : wordsOf(moment.level);
      row.querySelector("a").classList.toggle("mend", Boolean(errors[moment.position]));
    }
    const steps = answers.steps();
    const answered = steps.filter(({ level }) => level !== "").length;
    byId("answer-count").textContent = words.step.replace("%s", answered).replace("%t", steps.length);
  }

  function showWaiting(isWaiting) {
    byId("answer-waiting").hidden = !isWaiting;
    byId("answer-checking").hidden = isWaiting;
    if (isWaiting) byId("answer-waiting-title").focus();
  }

  const hasAny = () => answers.steps().some((moment) => answers.FIELDS.some((name) => moment[name] !== ""));

  // "saved" where it is handed in; otherwise what kept it from being.
  async function tryToHandIn() {
    const sent = await queue.flush();
    if (sent !== "saved") return sent;
    try {
      const response = await fetch(`${base}check/`, { method: "POST", credentials: "same-origin" });
      if (response.ok && response.url.endsWith("done/")) return "saved";
      return response.status >= 500 ? "offline" : "ended";
    } catch {
      return "offline";
    }
  }

  async function handIn() {
    clearTimeout(timer);
    if (isBusy) return;
    isBusy = true;
    button.setAttribute("aria-busy", "true");
    const outcome = await tryToHandIn();
    button.removeAttribute("aria-busy");
    isBusy = false;
    if (outcome === "saved") {
      answers.forget();
      location.replace(`${base}done/`);
    } else if (outcome === "ended") {
      answers.wait(false);
      location.replace(base); // the server says there why
    } else if (outcome === "offline") {
      stay();
    }
  }

  // A phone that keeps nothing stays on the list, and says so.
  function stay() {
    queue.tell(queue.keptState());
    if (!answers.canKeep()) return;
    if (!answers.isWaiting()) answers.wait(true);
    showWaiting(true);
    byId("answer-waiting-state").textContent = "";
    timer = setTimeout(handIn, SOON + Math.random() * SOON);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    byId("check-problem").textContent = hasAny() ? "" : words.nothing;
    if (hasAny()) handIn();
  });
  byId("answer-send").addEventListener("click", () => {
    byId("answer-waiting-state").textContent = words.saving;
    handIn();
  });
  byId("answer-change").addEventListener("click", () => {
    clearTimeout(timer);
    answers.wait(false);
    showWaiting(false);
    showRows();
    button.focus();
  });

  const wake = () => { if (answers.isWaiting() && document.visibilityState === "visible") handIn(); };
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  addEventListener("storage", ({ key }) => { if (key === answers.KEY) showRows(); });
  addEventListener("pageshow", showRows);
  if (answers.isWaiting()) {
    showWaiting(true);
    handIn();
  }
})();
