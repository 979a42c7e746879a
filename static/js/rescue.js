// Words half typed in a part of the map that somebody takes off it: they go on where they fit, or are shown to be copied.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const stageOf = (element) => element.closest(".stage")?.id;
  const TEXTS = "#map form input:not([type]), #map form input[type=text], #map form textarea";
  let typed = []; // before something else is brought: { field, stage, text, hasFocus }
  let stages = [];

  document.addEventListener("keep:bring", () => {
    stages = [...document.querySelectorAll(".stage")].map((stage) => stage.id);
    typed = [...document.querySelectorAll(TEXTS)].filter((field) => keep.isTyped(field) && field.value.trim()).map((field) => (
      { field, stage: stageOf(field), text: field.value, hasFocus: field === document.activeElement }
    ));
  });

  // The stage before the one that is gone, or else the one behind it.
  function nearest(stage) {
    const at = stages.indexOf(stage);
    const order = [...stages.slice(0, at).reverse(), ...stages.slice(at + 1)];
    return byId(order.find(byId));
  }

  function placeFor({ field, stage }) {
    const same = byId(field.id);
    if (same) return same;
    const title = field.closest(".adding") && nearest(stage)?.querySelector(".adding input[name=title]");
    return title && !keep.isTyped(title) ? title : null;
  }

  function goOn(place, { text, hasFocus }) {
    const adding = place.closest(".adding");
    if (adding) adding.open = true;
    place.value = text;
    if (hasFocus) place.focus();
  }

  function shown(text) {
    const area = document.createElement("textarea");
    Object.assign(area, { value: text, readOnly: true, rows: 2 });
    area.setAttribute("aria-label", byId("news").dataset.words);
    return area;
  }

  document.addEventListener("keep:brought", () => {
    const lost = typed.filter(({ field }) => !field.isConnected);
    typed = [];
    for (const one of lost) {
      const place = placeFor(one);
      if (place) goOn(place, one);
      if (place && stageOf(place) === one.stage) continue; // nothing but the place on the page is another
      const title = place?.closest(".stage")?.querySelector("h2").textContent.trim();
      const { kept, words } = byId("news").dataset;
      news.show(title ? kept.replace("%s", () => title) : words, ...(place ? [] : [shown(one.text)]));
    }
  });
})();
