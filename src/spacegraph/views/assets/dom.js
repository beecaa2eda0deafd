// Building the page. Whatever comes from the graph becomes text nodes and attributes of known names, never markup.

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes || {}).forEach(([name, value]) => {
    if (value === false || value === null || value === undefined) return;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  });
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function s(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

const $ = (id) => document.getElementById(id);
// A name keeps its own direction and cannot turn the words around it.
const name = (text) => h("bdi", null, text);
const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
const plural = (n, one, many) => count(n) + " " + (n === 1 ? one : many || one + "s");
const say = (text) => { $("status").textContent = text; };

// Only links to the web: an IRI such as "javascript:…" stays text.
const link = (iri, text) => (/^https?:\/\//i.test(iri)
  ? h("a", { href: iri, target: "_blank", rel: "noopener noreferrer" }, text || iri) : h("span", null, text || iri));

const SHAPES = {
  "ellipse": () => s("circle", { cx: 8, cy: 8, r: 6.5 }),
  "round-rectangle": () => s("rect", { x: 1.5, y: 1.5, width: 13, height: 13, rx: 3 }),
  "hexagon": () => s("polygon", { points: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8" }),
  "triangle": () => s("path", { d: "M8 2.2 L14.2 13.5 L1.8 13.5 Z", "stroke-width": 1.5, "stroke-linejoin": "round" }),
  "diamond": () => s("path", { d: "M8 1.5 L14.5 8 L8 14.5 L1.5 8 Z", "stroke-width": 1, "stroke-linejoin": "round" }),
  "pentagon": () => s("polygon", { points: "8,1.5 14.8,6.5 12.2,14.3 3.8,14.3 1.2,6.5" }),
  "barrel": () => s("rect", { x: 2, y: 1.5, width: 12, height: 13, rx: 5, ry: 2.5 }),
  "octagon": () => s("polygon", { points: "5,1.5 11,1.5 14.5,5 14.5,11 11,14.5 5,14.5 1.5,11 1.5,5" }),
  "tag": () => s("polygon", { points: "1,3 10,3 15,8 10,13 1,13" }),
  "rhomboid": () => s("polygon", { points: "1,2.5 11,2.5 15,13.5 5,13.5" }),
};

function familyMark(family) {
  const svg = s("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "mark" }, SHAPES[family.shape]());
  svg.style.fill = colourOf(family);
  svg.style.stroke = colourOf(family);
  return svg;
}

function arrowMark(factuality) {
  const colour = colourOf(factuality);
  const end = factuality.arrow === "tee" ? s("path", { d: "M33 1 V11", stroke: colour, "stroke-width": 2.4, fill: "none" })
    : factuality.arrow === "vee" ? s("path", { d: "M28 1.5 L35 6 L28 10.5", stroke: colour, "stroke-width": 1.8, fill: "none" })
      : s("path", { d: "M27 1.5 L35 6 L27 10.5 Z", fill: colour });
  return s("svg", { viewBox: "0 0 36 12", width: 36, height: 12, "aria-hidden": "true", class: "mark" },
    s("line", { x1: 1, y1: 6, x2: 28, y2: 6, stroke: colour, "stroke-width": 2, "stroke-dasharray": factuality.dash.join(" ") || "none" }), end);
}

const thingButton = (thing) => (thing.number === undefined ? name(thing.label)
  : h("button", { type: "button", class: "thing", onclick: () => goTo(thing) }, familyMark(thing.family), name(thing.label)));

const objectOf = (fact) => (fact.object ? thingButton(fact.object) : h("span", { class: "value" }, name(fact.value.text)));
