// One moment after another without asking the server: the page holds them all, and works in flight mode.
"use strict";

(() => {
  const { words, plan } = answers;
  const byId = (id) => document.getElementById(id);
  const form = byId("answer-form");
  const TEXT_WAIT = 600;
  let current = null;
  let timer = 0;
  let isShown = false;

  const numberOf = (path) => Number(path.match(/(\d+)\/$/)?.[1]);
  const steps = () => answers.steps();
  const pathOf = (number) => `${answers.base}${number}/`;
  const field = (name) => form.elements[name];
  const texts = () => [...form.querySelectorAll("input[type=text], textarea")];

  function said() {
    const names = answers.FIELDS.filter((name) => field(name));
    return Object.fromEntries(names.map((name) => [name, field(name).value]));
  }

  // The server reads numbers in every usual way of writing; here only what can be none is told at once.
  const isNoNumber = (text) => text.trim() !== "" && !/^[~≈\s]*[+.,]?\p{Nd}/u.test(text);

  function showProblem(name, message) {
    const problem = byId(`${name}-problem`);
    if (!problem) return;
    if (problem.textContent !== message) problem.textContent = message;
    if (message) field(name).setAttribute("aria-invalid", "true");
    else field(name).removeAttribute("aria-invalid");
  }

  function showProblems() {
    const found = answers.errors()[current.position] ?? {};
    for (const name of ["times", "seconds", "idea"]) showProblem(name, found[name] ?? "");
  }

  function badFields() {
    return ["times", "seconds"].filter((name) => field(name) && isNoNumber(field(name).value));
  }

  function keep() {
    clearTimeout(timer);
    if (!current) return;
    if (answers.say(current.position, said())) showProgress();
    queue.send().then(() => { if (isShown) showProblems(); });
  }

  function showProgress() {
    const all = steps();
    const at = all.findIndex(({ number }) => number === current.number);
    byId("answer-step").textContent = words.step.replace("%s", at + 1).replace("%t", all.length);
    byId("answer-progress").classList.toggle("many", all.length > 60); // a bar without gaps
    byId("answer-progress").replaceChildren(...all.map(({ level, number }) => {
      const part = document.createElement("i");
      part.classList.toggle("done", level !== "");
      part.classList.toggle("now", number === current.number);
      return part;
    }));
    byId("answer-next").textContent = at === all.length - 1 ? words.last : words.next;
  }

  function showWords() {
    const { title, experience, language, icon } = current;
    byId("answer-moment").textContent = title;
    byId("answer-experience").textContent = experience;
    for (const id of ["answer-moment", "answer-experience"]) byId(id).lang = language;
    const picture = byId("answer-icons").content.querySelector(`[data-icon="${icon}"]`);
    byId("answer-icon").replaceChildren(...[...picture.childNodes].map((node) => node.cloneNode(true)));
    document.title = `${title} · ${plan.title}`;
  }

  function showAnswer() {
    for (const name of answers.FIELDS) {
      if (!field(name)) continue;
      if (field(name) instanceof RadioNodeList) [...field(name)].forEach((radio) => { radio.checked = radio.value === current[name]; });
      else field(name).value = current[name];
    }
    showProblems();
  }

  function show(moment, { focus }) {
    const isOther = current?.position !== moment.position;
    current = moment;
    form.dataset.number = moment.number;
    form.action = pathOf(moment.number);
    if (isOther) showWords();
    showAnswer();
    showProgress();
    isShown = true;
    if (!focus) return;
    scrollTo(0, 0);
    byId("answer-title").focus({ preventScroll: true });
  }

  function go(moment, fallback) {
    if (!moment) {
      queue.leave(fallback);
      return;
    }
    history.pushState(null, "", pathOf(moment.number));
    show(moment, { focus: true });
  }

  const behind = () => steps().find(({ number }) => number > current.number);
  const before = () => steps().reverse().find(({ number }) => number < current.number);
  const beginning = "ticks" in document.body.dataset ? "moments/" : "";

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const bad = badFields();
    keep();
    if (event.submitter?.value === "back") {
      go(before(), beginning);
      return;
    }
    for (const name of bad) showProblem(name, words.no_number);
    const found = form.querySelector("[aria-invalid]");
    if (found) found.focus();
    else go(behind(), "check/");
  });

  form.addEventListener("change", keep);
  form.addEventListener("input", ({ target }) => {
    if (!texts().includes(target)) return;
    if (target.matches("[aria-invalid]")) showProblem(target.name, "");
    clearTimeout(timer);
    timer = setTimeout(keep, TEXT_WAIT);
  });
  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget?.matches("button")) return; // nothing moves under a finger that is about to go on
    if (["times", "seconds"].includes(target.name) && isNoNumber(target.value)) showProblem(target.name, words.no_number);
  });
  for (const kind of ["pagehide", "blur"]) addEventListener(kind, () => { if (timer) keep(); });

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input[type=text], textarea");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const radio = /^[0-6]$/.test(event.key) && form.querySelector(`[name=level][value="${event.key}"]`);
    if (radio) {
      radio.checked = true;
      radio.focus();
      keep();
    } else if (event.key === "Enter" && !event.target.closest("a, button")) {
      event.preventDefault();
      form.requestSubmit(byId("answer-next"));
    }
  });

  // Another tab has answered something, or this page comes back from where the browser kept it.
  const refresh = () => {
    if (!texts().includes(document.activeElement)) show(answers.of(current.position), { focus: false });
  };
  addEventListener("storage", ({ key }) => { if (key === answers.KEY) refresh(); });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) refresh(); });
  addEventListener("popstate", () => open({ focus: true }));

  function open({ focus }) {
    const wanted = numberOf(location.pathname);
    const moment = answers.all().find(({ number }) => number === wanted) ?? steps()[0];
    if (!moment) location.replace(answers.base);
    else show(moment, { focus });
  }

  current = plan.moments.find(({ number }) => number === Number(form.dataset.number));
  const isRefused = form.querySelector("[aria-invalid]"); // the server's own answer to a form without a script
  if (answers.isWaiting()) location.replace(`${answers.base}check/`);
  else if (isRefused) keep();
  else open({ focus: false });
})();
