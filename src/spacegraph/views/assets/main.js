// Selection, permalinks, keys, theme: what ties the parts together.

const permalink = () => {
  if (!state.selected) return "";
  return state.selected.thing ? "#thing=" + encodeURIComponent(state.selected.thing.iri) : "#fact=" + state.selected.fact.id;
};

function select(picked) {
  state.selected = picked;
  markSelection();
  declutter();
  // A thing that is picked while the timeline is open is what the timeline is of.
  if (picked) show(view === "timeline" && picked.thing ? "timeline" : "details");
  else if (view === "details") show(null);
  // Where the page has no address of its own (a notebook's frame), there is none to keep.
  try { history.replaceState(null, "", permalink() || location.pathname + location.search); } catch (error) { /* no address */ }
  if (!picked) return;
  if (picked.thing) {
    const at = nodeOf(picked.thing);
    if (at.nonempty()) bringIntoView(at);
    say(picked.thing.label + ", " + picked.thing.cls.label + ", " + plural(picked.thing.facts.length, "fact") + ".");
  } else {
    const at = picked.fact.arrow && edgeOf(picked.fact.arrow);
    if (at && at.nonempty()) bringIntoView(at);
    say(sentenceOf(picked.fact) + ", " + picked.fact.factuality.name + ".");
  }
}

function markSelection() {
  const picked = state.selected;
  const nothing = cy.collection();
  const element = !picked ? nothing : picked.thing ? nodeOf(picked.thing) : picked.fact.arrow ? edgeOf(picked.fact.arrow) : nodeOf(picked.fact.subject);
  const near = element.empty() ? nothing : element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
  cy.batch(() => cy.elements().forEach((one) => {
    const isNear = near.contains(one);
    setClass(one, "picked", element.contains(one));
    setClass(one, "far", element.nonempty() && !isNear);
    if (one.isNode()) return;
    setClass(one, "near", isNear);
    setClass(one, "labelled", isNear || state.allEdgeLabels || (element.empty() && atRest(one)));
  }));
}

// Select a thing wherever it is: one that is not drawn is shown with its neighbours.
function goTo(thing) {
  if (state.focus ? nodeOf(thing).nonempty() : isDrawn(thing)) select({ thing });
  else focusOn(thing, 1);
}

function goToFact(fact) {
  if (fact.arrow && edgeOf(fact.arrow).empty()) focusOn(fact.subject, 1);
  select({ fact });
}

function followHash() {
  const [key, value] = location.hash.slice(1).split("=");
  const wanted = decodeURIComponent(value || "");
  if (key === "thing" && thingByIri.has(wanted)) goTo(thingByIri.get(wanted));
  else if (key === "fact" && factById.has(wanted)) goToFact(factById.get(wanted));
}

function setTheme(dark) {
  isDark = dark;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  cy.style(graphStyle());
  drawLegend();
  if (view) show(view);
  rescale(true);
}

// As the page was when it opened.
function reset() {
  state.focus = null;
  state.opened = [];
  state.allEdgeLabels = false;
  openArticle = null;
  placeBase();
  sync();
  cy.batch(() => cy.nodes(".thing").forEach((node) => node.position(places.get(node.scratch("thing")))));
  drawFocusBar(0);
  resetFilters();
  drawNote();
  select(null);
  show(null);
  rescale(true);
  fit();
}

// The nearest drawn thing in a direction: near matters, and being straight ahead.
function step(dx, dy) {
  const from = state.selected && state.selected.thing && nodeOf(state.selected.thing);
  const nodes = cy.nodes(".thing").filter((node) => !node.hasClass("gone"));
  if (nodes.empty()) return;
  if (!from || from.empty()) { select({ thing: nodes.max((node) => node.scratch("thing").importance).ele.scratch("thing") }); return; }
  const at = from.position();
  let [best, lowest] = [null, Infinity];
  nodes.forEach((node) => {
    const [x, y] = [node.position("x") - at.x, node.position("y") - at.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead > 1 && ahead + 2 * aside < lowest) { lowest = ahead + 2 * aside; best = node; }
  });
  if (best) { select({ thing: best.scratch("thing") }); bringIntoView(best); }
}

const zoomBy = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = {
  "/": () => $("search").focus(), "0": () => fit(), "+": () => zoomBy(1.3), "=": () => zoomBy(1.3), "-": () => zoomBy(1 / 1.3), "?": showHelp,
  "f": () => { if (state.selected && state.selected.thing) focusOn(state.selected.thing, 1); },
  "e": () => { if (state.selected && state.selected.thing && !state.focus) open(state.selected.thing); },
  "l": () => toggleEdgeLabels(), "t": () => show("text"), "d": () => show("timeline"),
  "Escape": () => { if (state.focus) leaveFocus(); else select(null); },
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || $("help-box").open) return;
  if (ARROWS[event.key] && event.target === $("graph")) { event.preventDefault(); step(...ARROWS[event.key]); return; }
  if (event.key === "Enter" && event.target === $("graph") && state.selected) { event.preventDefault(); show("details"); $("panel").querySelector("h2").focus(); return; }
  if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
}

function toggleEdgeLabels() {
  state.allEdgeLabels = !state.allEdgeLabels;
  $("edge-labels").setAttribute("aria-pressed", String(state.allEdgeLabels));
  markSelection();
}

function showHelp() {
  const keys = [["/", "search"], ["← ↑ → ↓", "go to the next thing in that direction"], ["Enter", "read about the selected thing"], ["f", "focus on its neighbourhood"],
    ["e", "show what is near it and not yet drawn"], ["l", "label all arrows"], ["t", "the text"], ["d", "the timeline: dated facts in their order"], ["+  −  0", "zoom in, zoom out, show everything"], ["Esc", "back"],
    ["click", "a thing, an arrow, +n, marked words"], ["double click", "focus on a thing"], ["drag, wheel, pinch", "move and zoom"]];
  $("help-box").replaceChildren(h("h2", null, "Keys and gestures"), h("table", null, h("tbody", null, keys.map(([key, what]) => h("tr", null, h("th", { scope: "row" }, h("kbd", null, key)), h("td", null, what))))),
    h("form", { method: "dialog" }, h("button", null, "Close")));
  $("help-box").showModal();
}

const NARROW = 720; // pixels of the window, as in page.css

function showLegend(on) {
  $("legend").hidden = !on;
  $("show-legend").setAttribute("aria-pressed", String(on));
}

function start() {
  $("title").firstElementChild.textContent = $("title").title = raw.title;
  $("graph").setAttribute("aria-label", "Graph of " + plural(things.length, "thing") + ". Arrow keys move between things, Enter reads about one, slash searches.");
  isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  showLegend(innerWidth >= NARROW);
  startGraph();
  resizeOnChange();
  drawFirst();
  drawLegend();
  drawCounts();
  drawNote();
  placeBase();
  drawBase();
  startSearch();
  VIEWS.forEach((what) => $("show-" + what).addEventListener("click", () => show(view === what ? null : what)));
  if (!facts.some((fact) => fact.when)) {
    $("show-timeline").disabled = true;
    $("show-timeline").title = "No fact of the graph has a time.";
  }
  if (!articles.some((article) => article.text)) {
    $("show-text").disabled = true;
    $("show-text").title = "The graph holds no words of an article.";
  }
  $("show-legend").addEventListener("click", () => {
    showLegend($("legend").hidden);
    cy.resize();
    fit();
  });
  addEventListener("resize", () => {
    cy.resize();
    if (hasRoom) { if (fitted) fit(); return; }
    // A notebook may make the frame before it shows it.
    showLegend(innerWidth >= NARROW);
    reset();
    followHash();
  });
  $("zoom-in").addEventListener("click", () => zoomBy(1.3));
  $("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  $("zoom-fit").addEventListener("click", () => fit());
  $("edge-labels").addEventListener("click", toggleEdgeLabels);
  $("theme").addEventListener("click", () => setTheme(!isDark));
  $("help").addEventListener("click", showHelp);
  $("save-png").addEventListener("click", () => download(pngOf(), ".png"));
  $("save-svg").addEventListener("click", () => download(new Blob([svgOf()], { type: "image/svg+xml" }), ".svg"));
  $("more").addEventListener("click", (event) => { if (event.target.tagName === "BUTTON") $("more").open = false; });
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", followHash);
  if (raw.around >= 0 && !location.hash) focusOn(things[raw.around], 1);
  followHash();
  // For tests and for people who script the page.
  window.spacegraph = { cy, state, things, facts, goTo, goToFact, open, focusOn, fit, reset, svgOf, pngOf };
  document.documentElement.dataset.ready = "true";
}

document.addEventListener("DOMContentLoaded", start);
