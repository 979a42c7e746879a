// What a respondent has said, kept on their device until it is handed in: a reload, a dead battery or a flight lose nothing.
"use strict";

const answers = (() => {
  const { base, device, page } = document.body.dataset;
  const isKiosk = "kiosk" in document.body.dataset;
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const FIELDS = ["level", "times", "seconds", "decision", "idea"];
  const PREFIX = `answers ${base} `;
  const KEY = PREFIX + device;
  let canKeep = !isKiosk; // a shared tablet keeps nothing of anybody
  let memory = null;

  const fresh = () => ({ said: {}, sent: {}, errors: {}, isWaiting: false });

  function read() {
    if (!canKeep) return memory ?? fresh();
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? memory ?? fresh();
    } catch {
      canKeep = false; // a private window, or storage switched off
      return memory ?? fresh();
    }
  }

  function write(state) {
    memory = state;
    if (!canKeep) return;
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      canKeep = false;
    }
  }

  // Read anew each time, so that two tabs never write over one another.
  function change(act) {
    const state = read();
    act(state);
    write(state);
  }

  const ofServer = new Map(plan.moments.map((moment) => [moment.position, moment]));

  // A moment as it stands: the server's answer, or the one given later on this device.
  function of(position, state = read()) {
    const server = ofServer.get(position);
    const own = state.said[position];
    return own && own.turn >= server.turn ? { ...server, ...own } : { ...server };
  }

  function all() {
    const state = read();
    return plan.moments.map(({ position }) => of(position, state));
  }

  function nextTurn(state) {
    const turns = [...plan.moments, ...Object.values(state.said)].map(({ turn }) => turn);
    return Math.max(0, ...turns) + 1;
  }

  function pick(from) {
    return Object.fromEntries(FIELDS.map((name) => [name, from[name] ?? ""]));
  }

  // Says whether anything is new.
  function say(position, words, { isAlways = false } = {}) {
    let isNew = false;
    change((state) => {
      const before = of(position, state);
      const asked = words.asked ?? true;
      const after = { ...pick(before), ...words, asked };
      isNew = isAlways || before.asked !== asked || FIELDS.some((name) => before[name] !== after[name]);
      if (isNew) state.said[position] = { ...after, turn: nextTurn(state) };
    });
    return isNew;
  }

  function unsent() {
    const { said, sent } = read();
    const waiting = Object.entries(said).filter(([position, { turn }]) => turn > (sent[position] ?? 0));
    return Object.fromEntries(waiting);
  }

  function markSent(batch, errors) {
    change((state) => {
      for (const [position, { turn }] of Object.entries(batch)) {
        state.sent[position] = Math.max(turn, state.sent[position] ?? 0);
        delete state.errors[position];
        if (errors[position]) state.errors[position] = errors[position];
      }
    });
  }

  function forget() {
    memory = null;
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key));
    } catch {
      // nothing was kept
    }
  }

  // What an earlier person at this device left is none of the next one's business.
  function forgetOthers() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== KEY);
      keys.forEach((key) => localStorage.removeItem(key));
      localStorage.setItem(PREFIX, ""); // a private window may refuse to write
      localStorage.removeItem(PREFIX);
    } catch {
      canKeep = false;
    }
  }
  forgetOthers();

  return {
    base, page, isKiosk, plan, words: plan.words, FIELDS, KEY,
    all, of, say, unsent, markSent, forget,
    steps: () => all().filter(({ asked }) => asked),
    errors: () => read().errors,
    canKeep: () => canKeep,
    isWaiting: () => read().isWaiting,
    wait: (isWaiting) => change((state) => { state.isWaiting = isWaiting; }),
  };
})();
