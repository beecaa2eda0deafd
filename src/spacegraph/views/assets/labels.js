// Labels keep their size on the screen. Where two would overlap, the more important thing has its label, as on a map.

let pending = false;
function scheduleRescale() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => { pending = false; rescale(); });
}

// Zoomed out, letters keep 12 pixels and marks shrink more slowly than distances do; zoomed in, both grow a little.
function scales() {
  const zoom = cy.zoom();
  letters = zoom < 1 ? 1 / zoom : zoom ** -0.6;
  lens = zoom < 1 ? zoom ** -0.55 : zoom ** -0.3;
}

let lastZoom = 0; // for which sizes were last worked out
let lastLabels = 0; // for which labels were last chosen
function rescale(force) {
  const zoom = cy.zoom();
  // Sizes that are a few per cent off look the same, and working them out is what takes time.
  if (force || Math.abs(zoom / lastZoom - 1) > 0.04) {
    lastZoom = zoom;
    scales();
    cy.batch(() => {
      cy.elements().not(".badge").forEach((element) => { element.data("k", letters); });
      cy.style().update();
    });
    putBadges();
  }
  // Moving without zooming changes nothing about what overlaps.
  if (force || Math.abs(zoom / lastLabels - 1) > 1e-4) {
    lastLabels = zoom;
    declutter();
  }
}

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();
function labelWidth(text) {
  if (!widths.has(text)) {
    ruler.font = "600 12px " + FONT;
    widths.set(text, Math.max(0, ...text.split("\n").map((line) => ruler.measureText(line).width)));
  }
  return widths.get(text);
}

// Screen boxes of a mark and of its label.
function screenBoxes(node) {
  const at = node.renderedPosition();
  const zoom = cy.zoom();
  const half = (node.data("size") * lens * zoom) / 2;
  const scale = node.data("k") * zoom;
  const w = labelWidth(node.data("short")) * scale / 2;
  const h = node.data("short").split("\n").length * 12 * 1.12 * scale;
  const top = at.y + half + 3 * scale;
  return { mark: [at.x - half, at.y - half, at.x + half, at.y + half], label: [at.x - w, top, at.x + w, top + h] };
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// Things by importance, the selected one and what is near it first: each takes the room of its label, then of its badge, where that is free.
function declutter() {
  const nodes = cy.nodes(".thing").filter((node) => !node.hasClass("gone"));
  const picked = state.selected && state.selected.thing;
  const boxes = nodes.map((node) => ({ node, thing: node.scratch("thing"), ...screenBoxes(node) }));
  const rank = ({ node, thing }) => (thing === picked ? 2 : node.hasClass("far") ? 0 : 1);
  boxes.sort((a, b) => rank(b) - rank(a) || b.thing.importance - a.thing.importance);
  const taken = [];
  const free = (box, before) => !taken.some((other) => meet(other, box)) && !boxes.slice(0, before).some(({ mark }) => meet(mark, box));
  cy.batch(() => {
    boxes.forEach(({ node, label }, before) => {
      const fits = free(label, before);
      if (fits) taken.push(label);
      setClass(node, "unlabelled", !fits);
    });
    boxes.forEach(({ thing, node }) => {
      const badge = cy.getElementById("b" + thing.number);
      if (badge.empty()) return;
      const at = badge.renderedPosition();
      const [w, h] = [badge.numericStyle("width") * cy.zoom() / 2, badge.numericStyle("height") * cy.zoom() / 2];
      const box = [at.x - w, at.y - h, at.x + w, at.y + h];
      const fits = thing === picked || (!taken.some((other) => meet(other, box)) && !boxes.some((other) => other.node !== node && meet(other.mark, box)));
      if (fits) taken.push(box);
      setClass(badge, "crowded", !fits);
    });
  });
}
