// The drawing: Cytoscape.js draws, Python has said where things stand.

let cy = null;
let fitted = false; // whether all that is drawn is in sight because nobody has moved or zoomed since
let fitting = false;
const MOST_STRETCH = 1.8;
const LABEL_RIM = 2; // pixels around a label at zoom 1: half of its outline, and a little
let hasRoom = true; // false while the page is in a frame that is not shown yet
const places = new Map(); // thing -> { x, y } before anybody drags anything

function startGraph() {
  cy = cytoscape({
    container: document.getElementById("graph"), elements: [], style: graphStyle(), layout: { name: "preset" },
    minZoom: 0.04, maxZoom: 4, boxSelectionEnabled: false, selectionType: "single", autounselectify: true,
  });
  cy.on("tap", "node.thing", (event) => select({ thing: event.target.scratch("thing") }));
  cy.on("tap", "node.badge", (event) => open(event.target.scratch("anchor")));
  cy.on("tap", "edge", (event) => select({ fact: event.target.scratch("arrow").facts.find(passes) || event.target.scratch("arrow").facts[0] }));
  cy.on("tap", (event) => { if (event.target === cy) select(null); });
  cy.on("dbltap", "node.thing", (event) => focusOn(event.target.scratch("thing"), 1));
  cy.on("mouseover", "edge", (event) => event.target.addClass("labelled near"));
  cy.on("mouseout", "edge", () => markSelection());
  cy.on("mouseover", "node.thing", (event) => { event.target.removeClass("unlabelled"); event.target.connectedEdges().addClass("near"); });
  cy.on("mouseout", "node.thing", () => { markSelection(); declutter(); });
  cy.on("drag", "node.thing", (event) => { places.set(event.target.scratch("thing"), { ...event.target.position() }); putBadges(); });
  cy.on("viewport", () => { if (!fitting) fitted = false; scheduleRescale(); });
  cy.on("mouseover", "node, edge", () => { cy.container().style.cursor = "pointer"; });
  cy.on("mouseout", "node, edge", () => { cy.container().style.cursor = ""; });
}

// Cytoscape.js draws each element into a texture and textures into layers before anything is seen: moving the drawing
// is fast for it, opening the page slow. The first frames are drawn at once, and the layers when there is time.
function drawFirst() {
  const renderer = cy.renderer();
  renderer.drawLayeredElements = function (context, elements) { this.drawElements(context, elements); };
  const prepare = () => { delete renderer.drawLayeredElements; cy.forceRender(); };
  cy.one("render", () => setTimeout(() => (window.requestIdleCallback || setTimeout)(prepare), 600));
}

// Cytoscape.js draws everything again whenever it is told a size, and its own observer reports one right after the start.
function resizeOnChange() {
  const { resize } = cy;
  const measure = () => [cy.container().clientWidth, cy.container().clientHeight, devicePixelRatio].join(" ");
  let before = measure();
  cy.resize = () => {
    const now = measure();
    if (now === before) return cy;
    before = now;
    return resize.call(cy);
  };
}

const nodeOf = (thing) => cy.getElementById("t" + thing.number);
const edgeOf = (arrow) => cy.getElementById("a" + arrow.number);

// Cytoscape.js styles an element again whenever a class is given or taken, even one that it has or lacks already.
function setClass(element, name, on) {
  if (element.hasClass(name) !== on) element.toggleClass(name, on);
}

// Box of what will be drawn at the present scales: marks, their labels on the sides chosen so far (or below), badges, and
// the bows of arrows.
function boxOfBase() {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const cover = (x1, y1, x2, y2) => {
    [box[0], box[1], box[2], box[3]] = [Math.min(box[0], x1), Math.min(box[1], y1), Math.max(box[2], x2), Math.max(box[3], y2)];
  };
  places.forEach((at, thing) => {
    const half = thing.size * lens / 2 + lens;
    cover(at.x - half, at.y - half, at.x + half, at.y + half);
    const [width, height] = [labelWidth(thing.short) + 2 * LABEL_RIM, thing.short.split("\n").length * 12 * 1.12 + 2 * LABEL_RIM].map((n) => n * letters);
    const out = half + (3 - LABEL_RIM) * letters;
    const node = nodeOf(thing);
    const side = SIDES.find((one) => node.hasClass(one)) || "below";
    if (side === "below") cover(at.x - width / 2, at.y, at.x + width / 2, at.y + out + height);
    if (side === "above") cover(at.x - width / 2, at.y - out - height, at.x + width / 2, at.y);
    if (side === "right") cover(at.x, at.y - height / 2, at.x + out + width, at.y + height / 2);
    if (side === "left") cover(at.x - out - width, at.y - height / 2, at.x, at.y + height / 2);
    const hidden = hiddenOf(thing).length;
    if (!hidden) return;
    const badge = badgePlace(at, thing, "+" + hidden);
    const [halfWidth, halfHeight] = badgeSize("+" + hidden).map((n) => n / 2);
    cover(badge.x - halfWidth, badge.y - halfHeight, badge.x + halfWidth, badge.y + halfHeight);
  });
  const pairs = tally(arrows.filter(({ subject, object }) => places.has(subject) && places.has(object)),
    ({ subject, object }) => Math.min(subject.number, object.number) + " " + Math.max(subject.number, object.number));
  pairs.forEach((number, pair) => {
    const [a, b] = pair.split(" ").map((one) => places.get(things[Number(one)]));
    if (a === b) { const reach = 1.1 * BOW * lens * (1 + number / 3); cover(a.x - reach, a.y - reach, a.x, a.y); return; }
    const bow = (number - 1) * BOW * lens / 4 / (Math.hypot(a.x - b.x, a.y - b.y) || 1);
    const [x, y, dx, dy] = [(a.x + b.x) / 2, (a.y + b.y) / 2, Math.abs(a.y - b.y) * bow, Math.abs(a.x - b.x) * bow];
    cover(x - dx, y - dy, x + dx, y + dy);
  });
  return box;
}

// Fits the drawing into the window before there are elements to measure: measuring them would style and bend them all
// twice, once for the zoom before and once for the zoom after.
function fitBase() {
  scales();
  if (!places.size || !hasRoom) return;
  fitting = true;
  for (let turn = 0; turn < 4; turn += 1) {
    const [x1, y1, x2, y2] = boxOfBase();
    const zoom = Math.min(1.5, (cy.width() - 36) / (x2 - x1), (cy.height() - 36) / (y2 - y1));
    cy.viewport({ zoom, pan: { x: (cy.width() - zoom * (x1 + x2)) / 2, y: (cy.height() - zoom * (y1 + y2)) / 2 } });
    scales();
  }
  fitting = false;
  fitted = true;
}

// Puts the elements into the drawing for the first time. Cytoscape.js tells everybody of each property that an element
// gets and throws away what was worked out from the one before; here nothing has been worked out yet.
function drawBase() {
  const sheet = cy.style();
  sheet.checkTriggers = (element) => { element.dirtyStyleCache(); };
  fitBase();
  lastZoom = cy.zoom();
  sync();
  // Where labels stand depends on the zoom, and what is to be fitted on where they stand.
  rescale();
  fitBase();
  rescale();
  cy.elements().forEach((element) => { element.numericStyle("width"); });
  delete sheet.checkTriggers;
}

// Python lays out for a screen that lies; where the window has room to spare on one axis, distances grow along it. What
// does not overlap goes on not overlapping.
function placeBase() {
  places.clear();
  const shown = things.filter((thing) => thing.x !== null);
  const extent = (values) => Math.max(...values, 0) - Math.min(...values, 0) + 120;
  hasRoom = cy.width() > 0 && cy.height() > 0;
  const spare = !hasRoom ? 1 : (cy.width() / cy.height()) / (extent(shown.map(({ x }) => x)) / extent(shown.map(({ y }) => y)));
  const [across, down] = [Math.min(Math.max(spare, 1), MOST_STRETCH), Math.min(Math.max(1 / spare, 1), MOST_STRETCH)];
  shown.forEach((thing) => places.set(thing, { x: thing.x * across, y: thing.y * down }));
}

// Put the elements that should be there into the drawing, and take out those that should not.
function sync() {
  const members = state.focus ? neighbourhood(state.focus.thing, state.focus.depth).members : [...drawn()];
  const inside = new Set(members);
  const wanted = new Set();
  const added = [];
  members.forEach((thing) => {
    const id = "t" + thing.number;
    wanted.add(id);
    if (cy.getElementById(id).empty()) {
      added.push({ group: "nodes", classes: "thing", data: { id, short: thing.short, size: thing.size, bold: thing.importance > 0.35, k: letters, ...(thing.family.shape === "ellipse" ? {} : { shape: thing.family.shape }) },
        position: places.get(thing) || { x: 0, y: 0 }, scratch: { thing } });
    }
  });
  const edges = [];
  const seen = new Set();
  members.forEach((thing) => thing.arrows.forEach((arrow) => {
    if (seen.has(arrow) || !inside.has(arrow.subject) || !inside.has(arrow.object)) return;
    seen.add(arrow);
    const id = "a" + arrow.number;
    wanted.add(id);
    if (cy.getElementById(id).empty()) {
      edges.push({ group: "edges", data: { id, source: "t" + arrow.subject.number, target: "t" + arrow.object.number, k: letters, dashed: arrow.factuality.dash.length > 0,
        label: arrow.relation.label + (arrow.facts.length > 1 ? " ×" + arrow.facts.length : "") }, scratch: { arrow } });
    }
  }));
  if (!state.focus) {
    members.forEach((thing) => {
      const hidden = hiddenOf(thing).length;
      if (!hidden) return;
      const id = "b" + thing.number;
      wanted.add(id);
      const badge = cy.getElementById(id);
      if (badge.nonempty()) badge.data("short", "+" + hidden);
      else added.push({ group: "nodes", classes: "badge", grabbable: false, data: { id, short: "+" + hidden }, scratch: { anchor: thing } });
    });
  }
  cy.batch(() => {
    cy.elements().filter((e) => !wanted.has(e.id())).remove();
    // What comes later is drawn above what comes before: the more important above the less.
    cy.add(added.reverse().concat(edges));
    applyFilters();
    if (!state.selected) cy.edges().forEach((edge) => setClass(edge, "labelled", atRest(edge)));
  });
  putBadges();
}

// Whether an arrow says its relation while nothing is selected: every one where they are few, else the main ones.
const atRest = (edge) => state.allEdgeLabels || edge.scratch("arrow").isMain || cy.edges().length <= FEW_ARROWS;

function applyFilters() {
  cy.batch(() => {
    cy.nodes(".thing").forEach((node) => setClass(node, "gone", !thingPasses(node.scratch("thing"))));
    cy.edges().forEach((edge) => setClass(edge, "gone", !arrowPasses(edge.scratch("arrow")) || edge.source().hasClass("gone") || edge.target().hasClass("gone")));
    cy.nodes(".badge").forEach((badge) => setClass(badge, "gone", nodeOf(badge.scratch("anchor")).hasClass("gone")));
  });
}

const badgeSize = (text) => [(10 + 6.5 * text.length) * lens, 16 * lens];

// A badge "+12" sits at the upper right of its thing.
function badgePlace(at, thing, text) {
  const away = thing.size * lens * 0.36;
  return { x: at.x + away + (5 + 3.2 * text.length) * lens * 0.8, y: at.y - away - 4 * lens };
}

function putBadges() {
  cy.batch(() => cy.nodes(".badge").forEach((badge) => {
    const thing = badge.scratch("anchor");
    badge.position(badgePlace(nodeOf(thing).position(), thing, badge.data("short")));
  }));
}

// Bring in what a thing stands for, in rings around it, and move the others out of the way.
function open(anchor) {
  const members = hiddenOf(anchor).slice(0, BATCH);
  if (!members.length) return;
  state.opened.push({ anchor, members });
  const old = new Map([...places]);
  sync();
  const circle = cy.collection(members.map(nodeOf));
  circle.layout(rings(members, anchor ? 1 : 0)).run();
  const centre = anchor ? old.get(anchor) : belowAll(old);
  let radius = 0;
  circle.forEach((node) => { radius = Math.max(radius, Math.hypot(node.position("x"), node.position("y"))); });
  radius += 70;
  cy.batch(() => {
    if (anchor) {
      old.forEach((at, thing) => {
        if (thing === anchor) return;
        const away = Math.hypot(at.x - centre.x, at.y - centre.y) || 1;
        const factor = 1 + radius / away;
        places.set(thing, { x: centre.x + (at.x - centre.x) * factor, y: centre.y + (at.y - centre.y) * factor });
      });
    } else centre.y += radius;
    members.forEach((thing) => {
      const at = nodeOf(thing).position();
      places.set(thing, { x: centre.x + at.x, y: centre.y + at.y });
    });
    cy.nodes(".thing").forEach((node) => node.position(places.get(node.scratch("thing"))));
  });
  putBadges();
  drawLegend();
  drawNote();
  rescale(true);
  fit(anchor ? circle.union(nodeOf(anchor)) : circle);
  say(members.length + " more things" + (anchor ? " near " + anchor.label : "") + " are shown.");
}

function close(anchor) {
  const kept = state.opened.filter((entry) => entry.anchor !== anchor);
  state.opened = [];
  placeBase();
  sync();
  cy.batch(() => cy.nodes(".thing").forEach((node) => node.position(places.get(node.scratch("thing")))));
  putBadges();
  kept.forEach((entry) => open(entry.anchor));
  drawNote();
  rescale(true);
  fit();
}

function belowAll(positions) {
  let [x, y, n] = [0, 0, 0];
  positions.forEach((at) => { x += at.x; y = Math.max(y, at.y); n += 1; });
  return { x: n ? x / n : 0, y: y + 60 };
}

// Cytoscape.js' concentric layout around the origin: rings of 8, 16, 24, … things in their order.
function rings(members, empty) {
  const ringOf = new Map();
  let [ring, room, left] = [empty, empty ? 7 : 1, 0];
  members.forEach((thing) => {
    if (left >= room) { ring += 1; room = 8 * ring - 1; left = 0; }
    ringOf.set(thing, ring);
    left += 1;
  });
  return { name: "concentric", fit: false, animate: false, equidistant: false, startAngle: -Math.PI / 2, minNodeSpacing: empty ? 78 : 70, spacingFactor: 1,
    avoidOverlap: true, concentric: (node) => 100 - (ringOf.get(node.scratch("thing")) || 0), levelWidth: () => 1,
    boundingBox: { x1: -1, y1: -1, x2: 1, y2: 1 } };
}

function focusOn(thing, depth) {
  state.focus = { thing, depth };
  sync();
  const { members, left } = neighbourhood(thing, depth);
  cy.nodes(".thing").layout(rings(members, 0)).run();
  drawFocusBar(left);
  rescale(true);
  fit();
  select({ thing });
  say(thing.label + " with its neighbours: " + (members.length - 1) + " things.");
}

function leaveFocus() {
  if (!state.focus) return;
  const { thing } = state.focus;
  state.focus = null;
  sync();
  cy.batch(() => cy.nodes(".thing").forEach((node) => node.position(places.get(node.scratch("thing")))));
  putBadges();
  drawFocusBar(0);
  rescale(true);
  fit();
  if (isDrawn(thing)) markSelection(); else select(null);
}

function fit(elements) {
  const shown = (elements || cy.elements()).filter((e) => !e.hasClass("gone"));
  if (shown.empty() || !hasRoom) return;
  fitting = true;
  // More than once, because marks and letters change their size with the zoom, and what there is to fit with them.
  for (let turn = 0; turn < 3; turn += 1) {
    const before = cy.zoom();
    cy.fit(shown, 18);
    if (cy.zoom() > 1.5) { cy.zoom(1.5); cy.center(shown); }
    if (Math.abs(cy.zoom() / before - 1) < 0.03) break;
    rescale();
  }
  rescale();
  fitting = false;
  fitted = !elements;
}

function bringIntoView(element) {
  const box = element.renderedBoundingBox({ includeLabels: false });
  const [w, h] = [cy.width(), cy.height()];
  if (box.x1 < 48 || box.y1 < 48 || box.x2 > w - 48 || box.y2 > h - 48) cy.center(element);
}
