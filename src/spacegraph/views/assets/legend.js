// The legend is also the filter: by family of classes, by factuality, by relation, by time.

const tally = (entries, key) => { const n = new Map(); entries.forEach((entry) => n.set(key(entry), (n.get(key(entry)) || 0) + 1)); return n; };

function toggleSet(set, key, on) {
  if (on) set.delete(key); else set.add(key);
  refilter();
}

function refilter() {
  applyFilters();
  declutter();
  drawCounts();
  $("reset").hidden = !filtersActive();
  if (view) show(view);
  const shown = facts.filter(passes).length;
  say(plural(shown, "fact") + " of " + facts.length + " pass the filters.");
}

const check = (mark, label, number, on, change, title) => h("label", { class: "check", title: title || null },
  h("input", { type: "checkbox", checked: on, onchange: (event) => change(event.target.checked) }), mark, h("span", null, label), h("small", null, count(number)));

function drawLegend() {
  const byFamily = tally(things, (thing) => thing.family.name);
  const byFactuality = tally(facts, (fact) => fact.factuality.name);
  const byRelation = tally(facts, (fact) => fact.relation.iri);
  const opened = [...$("legend").querySelectorAll("details[open]")].map((one) => one.id);
  const kinds = (family) => classes.filter((cls) => families[cls.family] === family && cls.label !== family.label).map((cls) => cls.label).join(", ");
  const group = (title, id, open, ...children) => h("details", { id, open: open || opened.includes(id) }, h("summary", null, title), ...children);
  const hiddenApart = hiddenOf(null).length;
  $("legend").replaceChildren(...[
    group("Things", "filter-families", true, [...families].filter((f) => byFamily.has(f.name))
      .sort((a, b) => (a.label === "other") - (b.label === "other") || byFamily.get(b.name) - byFamily.get(a.name))
      .map((family) => check(familyMark(family), family.label, byFamily.get(family.name), !state.familiesOff.has(family.name), (on) => toggleSet(state.familiesOff, family.name, on), kinds(family)))),
    hiddenApart ? h("button", { type: "button", id: "open-apart", onclick: () => { leaveFocus(); open(null); } }, hiddenApart <= BATCH ? "Show " + plural(hiddenApart, "thing that stands", "things that stand") + " apart" : "Show " + BATCH + " of " + count(hiddenApart) + " things that stand apart") : null,
    group("Facts", "filter-factualities", true, factualities.filter((f) => byFactuality.has(f.name))
      .map((one) => check(arrowMark(one), one.name, byFactuality.get(one.name), !state.factualitiesOff.has(one.name), (on) => toggleSet(state.factualitiesOff, one.name, on), one.explanation))),
    times.length ? group("Time", "filter-time", true, timeFilter()) : null,
    relations.length > 1 ? group("Relations", "filter-relations", false,
      h("p", { class: "actions" }, h("button", { type: "button", onclick: () => { state.relationsOff.clear(); refilter(); drawLegend(); } }, "All"),
        h("button", { type: "button", onclick: () => { relations.forEach((one) => state.relationsOff.add(one.iri)); refilter(); drawLegend(); } }, "None")),
      [...relations].sort((a, b) => byRelation.get(b.iri) - byRelation.get(a.iri) || (a.label < b.label ? -1 : 1))
        .map((one) => check("", one.label, byRelation.get(one.iri), !state.relationsOff.has(one.iri), (on) => toggleSet(state.relationsOff, one.iri, on)))) : null,
    h("button", { type: "button", id: "reset", hidden: !filtersActive(), onclick: resetFilters }, "Show all again"),
  ].filter(Boolean));
}

function timeFilter() {
  const last = times.length - 1;
  const at = (id, label, value, change) => h("label", { class: "range" }, h("span", null, label, " ", h("output", { id: id + "-value" }, times[value])),
    h("input", { id, type: "range", min: 0, max: last, value, "aria-valuetext": times[value], oninput: (event) => change(Number(event.target.value)) }));
  const fromAt = state.from ? times.indexOf(state.from) : 0;
  const toAt = state.to ? times.indexOf(state.to) : last;
  const update = (key, id, number, open) => {
    state[key] = number === open ? "" : times[number];
    $(id + "-value").textContent = times[number];
    $(id).setAttribute("aria-valuetext", times[number]);
    refilter();
  };
  const undated = facts.filter((fact) => !fact.time).length;
  return [
    last > 0 ? at("time-from", "from", fromAt, (n) => update("from", "time-from", n, 0)) : null,
    last > 0 ? at("time-to", "to", toAt, (n) => update("to", "time-to", n, last)) : null,
    undated ? check("", "without a time", undated, state.undated, (on) => { state.undated = on; refilter(); }) : null,
  ];
}

function resetFilters() {
  [state.familiesOff, state.factualitiesOff, state.relationsOff].forEach((set) => set.clear());
  Object.assign(state, { from: "", to: "", undated: true });
  drawLegend();
  refilter();
}

function drawCounts() {
  const shown = facts.filter(passes).length;
  $("counts").textContent = plural(things.length, "thing") + " · " + (shown === facts.length ? plural(facts.length, "fact") : count(shown) + " of " + plural(facts.length, "fact"))
    + (articles.length ? " · " + plural(articles.length, "article") : "");
}

// What is not in sight, and why.
function drawNote() {
  const there = drawn().size;
  const parts = [];
  if (there < things.length) parts.push("Drawn are the " + count(there) + " most important of " + plural(things.length, "thing") + "." + (things.some((thing) => hiddenOf(thing).length) ? " +n on a thing opens what is near it." : "") + " Search finds all.");
  if (raw.leftOut[0]) parts.push("The graph has " + plural(raw.leftOut[0], "more thing") + " (and " + plural(raw.leftOut[1], "fact") + " about them), the least important, that this page leaves out so that it opens quickly: query the graph for them, or make a page of a part of it.");
  if (!things.length) parts.push("The graph is empty: there is nothing to draw.");
  else if (!facts.length) parts.push("The graph has things but no facts that relate them.");
  $("note").textContent = parts.join(" ");
  $("note").hidden = !parts.length;
  cy.resize();
}

function drawFocusBar(left) {
  const bar = $("focus-bar");
  bar.hidden = !state.focus;
  if (!state.focus) { bar.replaceChildren(); return; }
  const { thing, depth } = state.focus;
  bar.replaceChildren(h("span", null, "Around ", name(thing.label), left ? h("small", null, " – " + count(left) + " less important neighbours are not drawn") : null),
    h("button", { type: "button", "aria-pressed": String(depth === 1), onclick: () => focusOn(thing, 1) }, "1 step"),
    h("button", { type: "button", "aria-pressed": String(depth === 2), onclick: () => focusOn(thing, 2) }, "2 steps"),
    h("button", { type: "button", onclick: leaveFocus }, "Back to all"));
}
