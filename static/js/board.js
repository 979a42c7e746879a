// A long map: which stretch of it is seen, jumps on the overview, and which version an answer has to build on.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);

  // The server answers with no more than what changed where this page shows the version before.
  document.addEventListener("htmx:configRequest", (event) => {
    const version = byId("map-version");
    if (version) event.detail.headers["X-Map-Version"] = version.dataset.version;
  });

  function showSeen() {
    const seen = byId("overview-seen");
    const board = byId("board");
    const labels = board && board.querySelector(".labels");
    if (!seen || !labels) return;
    const all = board.scrollWidth - labels.offsetWidth;
    seen.setAttribute("x", `${(100 * board.scrollLeft) / all}%`);
    seen.setAttribute("width", `${Math.max(0, Math.min(100, (100 * (board.clientWidth - labels.offsetWidth)) / all))}%`);
  }

  document.addEventListener("click", (event) => {
    const overview = event.target.closest("#overview");
    if (!overview || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const box = overview.getBoundingClientRect();
    const board = byId("board");
    const labels = board.querySelector(".labels").offsetWidth;
    const all = board.scrollWidth - labels;
    board.scrollLeft = ((event.clientX - box.left) / box.width) * all - (board.clientWidth - labels) / 2;
  });

  // A stage that is gone to by its link comes beside the labels, and takes the focus on.
  document.addEventListener("click", (event) => {
    const jump = event.target.closest(".stage-jumps a");
    if (!jump) return;
    const stage = byId(jump.hash.slice(1));
    if (!stage) return;
    event.preventDefault();
    byId("board").scrollLeft = stage.offsetLeft;
    jump.closest("details").open = false;
    const first = stage.querySelector(".card h3 a, summary");
    if (first) first.focus({ preventScroll: true });
  });

  document.addEventListener("scroll", (event) => { if (event.target.id === "board") showSeen(); }, true);
  window.addEventListener("resize", showSeen);
  document.addEventListener("htmx:afterSettle", showSeen);
  htmx.onLoad(showSeen);
})();
