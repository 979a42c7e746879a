// The wall of a corridor screen: one slide after the other, for months without a touch. Three timers, no list that grows;
// without a network it shows what it has. TVs have old browsers: nothing here is younger than 2018.
"use strict";

(() => {
  const ASK_MS = 300000;
  const ASK_AGAIN_MS = 30000;
  const TIMEOUT_MS = 20000;
  const HOUR_MS = 3600000;
  const NIGHT_HOUR = 3;
  const SHIFTS = 8;
  const DOTS_MAX = 24;
  const SIZES = ["1", "0.92", "0.84", "0.77", "0.7", "0.64", "0.58"];
  const byId = (id) => document.getElementById(id);
  const { body } = document;
  const { content, version, zone } = body.dataset;
  const slideMs = Number(body.dataset.seconds) * 1000;
  const main = byId("slides");
  const pause = byId("pause");
  const began = Date.now();
  const isRtl = document.documentElement.dir === "rtl";

  let here = 0;
  let shift = 0;
  let { etag } = body.dataset;
  let fresh = null; // slides that came while another one was being read
  let lost = 0; // since when nobody answers
  let isPaused = false;
  let slideTimer = 0;
  let askTimer = 0;
  let touchTimer = 0;
  let asking = false;

  function formatter(options) {
    const language = document.documentElement.lang;
    try {
      return new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
    } catch (error) {
      return new Intl.DateTimeFormat(language, options); // a zone that this old browser does not know
    }
  }
  const clock = formatter({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const hour = formatter({ hour: "2-digit", hourCycle: "h23", numberingSystem: "latn" });

  // Slides

  // What people write may be longer than a screen is tall: it is set smaller then.
  function fit(slide) {
    const isCut = () => slide.scrollHeight > slide.clientHeight || slide.scrollWidth > slide.clientWidth;
    for (const size of SIZES) {
      slide.style.setProperty("--size", size);
      if (!isCut()) return;
    }
  }

  function place(index) {
    const slides = main.children;
    here = ((index % slides.length) + slides.length) % slides.length;
    for (const [number, slide] of [...slides].entries()) slide.classList.toggle("is-shown", number === here);
    fit(slides[here]);
    const dots = byId("place").children;
    if (dots.length) for (const [number, dot] of [...dots].entries()) dot.classList.toggle("is-here", number === here);
    else byId("place").textContent = `${here + 1} / ${slides.length}`;
  }

  function drawDots() {
    const count = main.children.length > DOTS_MAX ? 0 : main.children.length;
    byId("place").textContent = "";
    byId("place").append(...Array.from({ length: count }, () => document.createElement("i")));
  }

  // What came meanwhile takes its place between two slides. Answers where the slide that was just read stands now.
  function bring() {
    const last = main.children[here].id;
    const at = fresh.findIndex((slide) => slide.id === last);
    main.textContent = "";
    main.append(...fresh);
    fresh = null;
    drawDots();
    return at;
  }

  function go(step) {
    place((fresh ? bring() : here) + step);
    shift = (shift + 1) % SHIFTS;
    for (const part of [main, body.querySelector(".wall-foot")]) part.dataset.shift = shift;
    wait();
  }

  function wait() {
    window.clearTimeout(slideTimer);
    if (!isPaused) slideTimer = window.setTimeout(() => go(1), slideMs);
  }

  function setPaused(value) {
    isPaused = value;
    pause.setAttribute("aria-pressed", String(isPaused));
    wait();
  }

  // Time, and since when there is no network

  function tick() {
    byId("clock").textContent = clock.format(Date.now());
    window.setTimeout(tick, 60000 - (Date.now() % 60000) + 50);
  }

  function sayLost(isLost) {
    lost = isLost ? lost || Date.now() : 0;
    const words = lost ? byId("offline").dataset.words.replace("{time}", clock.format(lost)) : "";
    if (byId("offline").textContent !== words) byId("offline").textContent = words;
  }

  // News

  function isNight() {
    const age = Date.now() - began;
    return age > 47 * HOUR_MS || (age > 20 * HOUR_MS && Number(hour.format(Date.now())) === NIGHT_HOUR);
  }

  async function get(address, headers = {}) {
    const patience = new AbortController();
    const timer = window.setTimeout(() => patience.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(address, { headers, cache: "no-store", signal: patience.signal });
      return { response, text: await response.text() };
    } finally {
      window.clearTimeout(timer);
    }
  }

  // Only where the page itself answers: an error page would stay on the wall until somebody comes by.
  async function reload() {
    const { response } = await get(window.location.href);
    if (response.ok) window.location.reload();
  }

  async function ask() {
    const { response, text } = await get(content, { "If-None-Match": etag });
    if (response.status === 410) return window.location.reload(); // the link was revoked, and the page says so
    if (response.status !== 304 && !response.ok) throw new Error(response.status);
    if (response.headers.get("Wall-Version") !== version || isNight()) return reload();
    if (response.status === 304) return undefined;
    const slides = [...new DOMParser().parseFromString(text, "text/html").querySelectorAll(".slide")];
    if (!slides.length) throw new Error("no slides");
    etag = response.headers.get("ETag") || "";
    fresh = slides;
    return undefined;
  }

  async function look() {
    if (asking) return;
    asking = true;
    window.clearTimeout(askTimer);
    try {
      await ask();
      sayLost(false);
    } catch (error) {
      sayLost(true);
    }
    asking = false;
    askTimer = window.setTimeout(look, lost ? ASK_AGAIN_MS : ASK_MS);
    body.dataset.asked = Number(body.dataset.asked) + 1; // for whoever looks whether it lives
  }

  // The screen stays lit where the browser can do that; it forgets each time that it is hidden.
  async function keepLit() {
    try {
      if (navigator.wakeLock) await navigator.wakeLock.request("screen");
    } catch (error) {
      // on battery, or not in front: nothing to do about it
    }
  }

  // Somebody is there

  function touched() {
    body.classList.add("is-touched");
    window.clearTimeout(touchTimer);
    touchTimer = window.setTimeout(() => body.classList.remove("is-touched"), 5000);
  }

  function pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight") go(isRtl ? -1 : 1);
    else if (event.key === "ArrowLeft") go(isRtl ? 1 : -1);
    else if (event.key === " " && !event.target.closest("button")) setPaused(!isPaused);
    else return;
    event.preventDefault();
  }

  body.classList.add("is-live");
  byId("pause").parentElement.hidden = false;
  byId("earlier").addEventListener("click", () => go(-1));
  byId("later").addEventListener("click", () => go(1));
  pause.addEventListener("click", () => setPaused(!isPaused));
  document.addEventListener("keydown", pressed);
  document.addEventListener("pointermove", touched);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { keepLit(); look(); } });
  window.addEventListener("resize", () => fit(main.children[here]));
  window.addEventListener("online", look);
  window.addEventListener("offline", () => sayLost(true));
  drawDots();
  place(0);
  if (document.fonts) document.fonts.ready.then(() => fit(main.children[here]));
  wait();
  tick();
  keepLit();
  askTimer = window.setTimeout(look, ASK_MS);
})();
