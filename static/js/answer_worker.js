// Answers for the pages below answer/ when the connection does not: with what the pages themselves have put by.
"use strict";

const PATIENCE = 5000;
const MOMENT = /^(\/answer\/[^/]+\/)\d+\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Each moment's page holds all moments, so one stands for all.
function kept(request) {
  const { pathname } = new URL(request.url);
  const place = request.mode === "navigate" ? pathname.replace(MOMENT, "$11/") : request.url;
  return caches.match(place, { ignoreVary: true });
}

async function answer(request) {
  const live = fetch(request);
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  const first = await Promise.race([live.catch(() => null), late]);
  if (first && first.status < 500) return first;
  return (await kept(request)) ?? live;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === self.location.origin;
  if (isOurs && request.method === "GET" && request.headers.get("Range") === null) event.respondWith(answer(request));
});
