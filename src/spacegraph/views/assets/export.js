// The drawing as a file: PNG by Cytoscape.js, SVG by running its canvas renderer on a context that writes SVG.

function download(blob, suffix) {
  const address = URL.createObjectURL(blob);
  const stem = raw.title.normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 60) || "graph";
  h("a", { href: address, download: stem + suffix }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const pngOf = () => cy.png({ output: "blob", full: true, scale: Math.min(3, Math.max(1, 2 * cy.zoom())), maxWidth: 8000, maxHeight: 8000, bg: palette().page });

// The library waits in the page as text.
function startSvgcanvas() {
  if (window.svgcanvas) return;
  const script = document.createElement("script");
  script.textContent = $("svg-library").textContent;
  document.head.append(script);
  script.remove();
}

function svgOf() {
  startSvgcanvas();
  const shown = cy.elements().filter((element) => !element.hasClass("gone"));
  const box = shown.nonempty() ? shown.boundingBox() : { x1: 0, y1: 0, w: 100, h: 100 };
  const zoom = cy.zoom();
  const [width, height] = [Math.ceil(box.w * zoom) + 40, Math.ceil(box.h * zoom) + 40];
  const context = new window.svgcanvas.Context(width, height);
  context.fillStyle = palette().page;
  context.fillRect(0, 0, width, height);
  const renderer = cy.renderer();
  // Paths that are made once and drawn often are Path2D objects, which only a real canvas can draw.
  const usePaths = renderer.usePaths;
  renderer.usePaths = () => false;
  try {
    context.translate(20 - box.x1 * zoom, 20 - box.y1 * zoom);
    context.scale(zoom, zoom);
    renderer.drawElements(context, renderer.getCachedZSortedEles());
  } finally {
    renderer.usePaths = usePaths;
  }
  return context.getSerializedSvg();
}
