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
    // Styles are worked out when one is asked for, and whoever measures first would measure labels of the size before.
    cy.elements().forEach((element) => { element.numericStyle("width"); });
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

// Where a label may stand, the best place first; "below" is where it stands without a class.
const SIDES = ["below", "above", "right", "left"];

// Screen boxes of a mark, and of its label on each side.
function screenBoxes(node) {
  const { x, y } = node.renderedPosition();
  const zoom = cy.zoom();
  const half = (node.data("size") * lens * zoom) / 2;
  const scale = node.data("k") * zoom;
  const w = labelWidth(node.data("short")) * scale;
  const h = node.data("short").split("\n").length * 12 * 1.12 * scale;
  const gap = half + 3 * scale;
  return { mark: [x - half, y - half, x + half, y + half], labels: {
    below: [x - w / 2, y + gap, x + w / 2, y + gap + h], above: [x - w / 2, y - gap - h, x + w / 2, y - gap],
    right: [x + gap, y - h / 2, x + gap + w, y + h / 2], left: [x - gap - w, y - h / 2, x - gap, y + h / 2],
  } };
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// Things by importance, the selected one and what is near it first: each takes the room of its label on the first side
// where that is free, then of its badge. A label that would cover the mark of another thing is left out, unless it is
// a prominent thing's and the other is neither prominent nor more important.
function declutter() {
  const nodes = cy.nodes(".thing").filter((node) => !node.hasClass("gone"));
  const picked = state.selected && state.selected.thing;
  const boxes = nodes.map((node) => ({ node, thing: node.scratch("thing"), ...screenBoxes(node) }));
  const rank = ({ node, thing }) => (thing === picked ? 2 : node.hasClass("far") ? 0 : 1);
  boxes.sort((a, b) => rank(b) - rank(a) || b.thing.importance - a.thing.importance);
  const taken = [];
  const [w, h] = [cy.width(), cy.height()];
  const isWhole = (box) => box[0] >= 0 && box[1] >= 0 && box[2] <= w && box[3] <= h;
  const covers = (box, own, matters) => boxes.some((other, rank) => rank !== own && meet(other.mark, box) && matters(other, rank));
  cy.batch(() => {
    boxes.forEach(({ node, thing, labels }, own) => {
      const free = SIDES.filter((side) => !taken.some((other) => meet(other, labels[side])));
      // At the edge of the window a label stands where all of it can be read.
      free.sort((a, b) => isWhole(labels[b]) - isWhole(labels[a]));
      const isProminent = node.data("bold") || thing === picked;
      const side = free.find((one) => !covers(labels[one], own, () => true))
        || (isProminent && free.find((one) => !covers(labels[one], own, (other, rank) => rank < own || other.node.data("bold"))));
      if (side) taken.push(labels[side]);
      setClass(node, "unlabelled", !side);
      SIDES.slice(1).forEach((one) => setClass(node, one, one === side));
    });
    boxes.forEach(({ thing, node }) => {
      const badge = cy.getElementById("b" + thing.number);
      if (badge.empty()) return;
      const at = badge.renderedPosition();
      const [halfWidth, halfHeight] = badgeSize(badge.data("short")).map((n) => n * cy.zoom() / 2);
      const box = [at.x - halfWidth, at.y - halfHeight, at.x + halfWidth, at.y + halfHeight];
      const fits = thing === picked || (!taken.some((other) => meet(other, box)) && !boxes.some((other) => other.node !== node && meet(other.mark, box)));
      if (fits) taken.push(box);
      setClass(badge, "crowded", !fits);
    });
  });
}
