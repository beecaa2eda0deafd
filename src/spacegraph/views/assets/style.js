// Colours and shapes of the drawing, for a light and a dark page.

let isDark = false;
// How much larger marks and letters are drawn than in the layout, so that they stay readable when zoomed out.
let lens = 1;
let letters = 1;
const BOW = 34; // by how much each of several arrows between two things bends more than the one before

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const palette = () => (isDark
  ? { page: "#14171c", ink: "#e8eaee", soft: "#8b94a3", halo: "#14171c", mark: "#ffd166", badge: "#2a313c" }
  : { page: "#ffffff", ink: "#1c2027", soft: "#6b7484", halo: "#ffffff", mark: "#d97706", badge: "#eef1f5" });
const colourOf = (entry) => (isDark ? entry.dark : entry.colour);

// Each property costs time for each element when a page opens, so what only some elements need has a selector of its own.
function graphStyle() {
  const p = palette();
  const lineWidth = (e, least, most) => Math.min(least + 0.5 * Math.log2(e.scratch("arrow").facts.length), most) * lens;
  return [
    { selector: "node.thing", style: {
      "width": (e) => e.data("size") * lens, "height": (e) => e.data("size") * lens,
      "background-color": (e) => colourOf(e.scratch("thing").family),
      "border-width": () => 1.5 * lens, "border-color": p.page,
      "label": "data(short)", "font-family": FONT, "font-size": (e) => 12 * e.data("k"),
      "color": p.ink, "text-valign": "bottom", "text-margin-y": (e) => 3 * e.data("k"),
      "text-wrap": "wrap", "line-height": 1.12, "text-outline-color": p.halo, "text-outline-width": (e) => 2.5 * e.data("k"),
    } },
    // With the default, "none", the renderer takes each node for one whose image is still to come, and styles it again for
    // every frame (its drawImages counts one image as done where there is none to do).
    { selector: "node", style: { "background-image": [] } },
    { selector: "node[shape]", style: { "shape": "data(shape)" } },
    { selector: "node[?bold]", style: { "font-weight": 600 } },
    { selector: "node.above", style: { "text-valign": "top", "text-margin-y": (e) => -3 * e.data("k") } },
    { selector: "node.right", style: { "text-valign": "center", "text-halign": "right", "text-margin-y": 0, "text-margin-x": (e) => 3 * e.data("k") } },
    { selector: "node.left", style: { "text-valign": "center", "text-halign": "left", "text-margin-y": 0, "text-margin-x": (e) => -3 * e.data("k") } },
    { selector: "node.unlabelled", style: { "text-opacity": 0, "text-outline-opacity": 0 } },
    { selector: "node.badge", style: {
      "shape": "round-rectangle", "width": (e) => badgeSize(e.data("short"))[0], "height": (e) => badgeSize(e.data("short"))[1],
      "background-color": p.badge, "border-width": () => lens, "border-color": p.soft, "label": "data(short)",
      "font-family": FONT, "font-size": () => 10.5 * lens, "color": p.ink, "text-valign": "center", "z-index": 200,
    } },
    { selector: "edge", style: {
      "width": (e) => lineWidth(e, 1.3, 4), "curve-style": "bezier", "control-point-step-size": () => BOW * lens, "opacity": 0.75,
      "line-color": (e) => colourOf(e.scratch("arrow").factuality), "target-arrow-color": (e) => colourOf(e.scratch("arrow").factuality),
      "target-arrow-shape": (e) => e.scratch("arrow").factuality.arrow, "arrow-scale": () => 0.9 * lens ** 0.3,
    } },
    { selector: "edge[?dashed]", style: { "line-style": "dashed", "line-dash-pattern": (e) => e.scratch("arrow").factuality.dash.map((n) => n * lens) } },
    { selector: "edge.labelled", style: {
      "label": "data(label)", "font-family": FONT, "font-size": (e) => 10.5 * e.data("k"), "color": (e) => colourOf(e.scratch("arrow").factuality),
      "text-rotation": "autorotate", "text-background-color": p.page, "text-background-opacity": 0.88, "text-background-padding": 1, "z-index": 150,
    } },
    { selector: "edge.picked, edge.near", style: { "opacity": 1, "width": (e) => lineWidth(e, 2.2, 5), "z-index": 160 } },
    { selector: "edge.picked", style: { "overlay-color": p.mark, "overlay-opacity": 0.25, "overlay-padding": () => 3 * lens } },
    { selector: "node.picked", style: { "border-color": p.mark, "border-width": () => 4 * lens, "z-index": 300 } },
    { selector: ".far", style: { "opacity": 0.2 } },
    { selector: "node.crowded", style: { "opacity": 0, "events": "no" } },
    { selector: ".gone", style: { "display": "none" } },
  ];
}
