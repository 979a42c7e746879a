// Puts the pages of this round into the phone's own store, so that they open in flight mode (answer_worker.js).
"use strict";

(() => {
  const { base, page } = answers;
  const { worker } = document.body.dataset;
  const NAME = `answers ${base}`;
  const ticks = "ticks" in document.body.dataset ? [`${base}moments/`] : [];
  const DOCUMENTS = [base, `${base}1/`, `${base}check/`, ...ticks];
  if (!("serviceWorker" in navigator) || !("caches" in window) || !["start", "tick", "moment", "check"].includes(page)) return;

  const isStatic = (url) => url.startsWith(location.origin) && !url.startsWith(location.origin + base);
  function files() {
    const named = [...document.querySelectorAll("script[src], link[rel=stylesheet], link[rel=icon]")].map(({ src, href }) => src || href);
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    return [...new Set([...named, ...loaded])].filter((url) => isStatic(url) && !url.endsWith(worker));
  }

  async function put(cache, url) {
    const response = await fetch(url, { credentials: "same-origin" });
    if (response.ok && !response.redirected) await cache.put(url, response);
  }

  // At the beginning everything is fetched, in the language chosen; later on only what is missing.
  async function fill() {
    const cache = await caches.open(NAME);
    const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
    const wanted = DOCUMENTS.filter((path) => page === "start" || !kept.has(path));
    await Promise.all(wanted.map((path) => put(cache, path)));
    const missing = [...files(), ...(await scriptsOf(cache))].filter((url) => !kept.has(new URL(url).pathname));
    await Promise.all([...new Set(missing)].map((url) => put(cache, url)));
    document.body.dataset.offline = "ready";
  }

  // What the other pages need and this one does not.
  async function scriptsOf(cache) {
    const found = [];
    for (const path of DOCUMENTS) {
      const kept = await cache.match(path, { ignoreVary: true });
      if (!kept) continue;
      const parsed = new DOMParser().parseFromString(await kept.text(), "text/html");
      for (const script of parsed.querySelectorAll("script[src]")) found.push(new URL(script.getAttribute("src"), location.href).href);
    }
    return found;
  }

  async function prepare() {
    await navigator.serviceWorker.register(worker, { scope: new URL(".", location.origin + worker).pathname });
    await navigator.serviceWorker.ready;
    await fill();
  }

  // No storage, or no connection just now: the pages still work, but only with one.
  const start = () => prepare().catch(() => { document.body.dataset.offline = "none"; });
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
