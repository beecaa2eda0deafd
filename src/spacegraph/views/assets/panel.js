// The panel on the right: what is known of the selected thing or fact, the table of facts, the text.

const VIEWS = ["details", "facts", "timeline", "text"];
let view = null; // one of them, or null

function show(what) {
  const before = cy.width();
  view = what;
  $("panel").hidden = what === null;
  VIEWS.forEach((other) => $("show-" + other).setAttribute("aria-pressed", String(other === what)));
  document.body.classList.toggle("with-panel", what !== null);
  if (what === "details") drawDetails();
  if (what === "facts") drawFacts();
  if (what === "timeline") drawTimeline();
  if (what === "text") drawText();
  cy.resize();
  // Whoever has not zoomed or moved the drawing goes on seeing all of it.
  if (fitted && cy.width() !== before) fit();
}

function fill(title, ...children) {
  $("panel").replaceChildren(
    h("div", { class: "panel-head" }, h("h2", { tabindex: -1 }, title), h("button", { type: "button", class: "close", "aria-label": "Close", title: "Close", onclick: () => { show(null); $("graph").focus(); } }, "×")),
    ...children.flat(Infinity).filter(Boolean),
  );
  $("panel").scrollTop = 0;
}

function drawDetails() {
  const picked = state.selected;
  if (!picked) drawOverview();
  else if (picked.thing) drawThing(picked.thing);
  else drawFact(picked.fact);
}

function drawOverview() {
  fill("Overview",
    h("p", null, things.length ? "Click a thing to see what is said of it, an arrow to see the words behind it." : "There is nothing in this graph."),
    things.length ? h("h3", null, "The most important things") : null,
    h("ol", { class: "top" }, things.slice(0, 12).map((thing) => h("li", null, thingButton(thing), " ", h("small", null, plural(thing.facts.length, "fact"))))),
    articles.length ? [h("h3", null, plural(articles.length, "article")), h("ul", { class: "plain" }, articles.slice(0, 30).map((article) => h("li", null, articleButton(article))))] : null);
}

function factLine(fact, about, timed = true) {
  // Whatever is not simply so is a whole sentence: "NASA denies: Ruritania withdrew from …".
  const parts = fact.lead
    ? [h("bdi", { class: "lead" }, fact.lead), fact.subject === about ? name(about.label) : thingButton(fact.subject), " ", h("span", { class: "relation" }, fact.relation.label), " ", fact.object === about ? name(about.label) : objectOf(fact)]
    : fact.subject === about
    ? [h("span", { class: "relation" }, fact.relation.label), " ", objectOf(fact)]
    : [thingButton(fact.subject), " ", h("span", { class: "relation" }, fact.relation.label), " ", fact.object === about ? name(about.label) : objectOf(fact)];
  return h("li", { class: "fact " + fact.factuality.name },
    h("button", { type: "button", class: "why", "aria-label": "Words behind: " + sentenceOf(fact), title: fact.factuality.name + ": show the words", onclick: () => goToFact(fact) }, arrowMark(fact.factuality)),
    h("span", null, parts, timed && fact.time ? h("small", null, " · " + fact.time) : null));
}

function drawThing(thing) {
  const shown = thing.facts.filter(passes);
  const asSubject = shown.filter((fact) => fact.subject === thing);
  const asObject = shown.filter((fact) => fact.object === thing && fact.subject !== thing);
  const asSource = shown.filter((fact) => fact.saidBy === thing && fact.subject !== thing && fact.object !== thing);
  const hidden = thing.facts.length - shown.length;
  const list = (title, facts) => (facts.length ? [h("h3", null, title, " ", h("small", null, String(facts.length))), longList(facts, (fact) => factLine(fact, thing))] : null);
  fill(name(thing.label),
    h("p", { class: "kind" }, familyMark(thing.family), " ", thing.cls.label),
    thing.aliases.length ? h("p", null, "Also: ", thing.aliases.map((alias, i) => [i ? ", " : "", name(alias)])) : null,
    h("p", { class: "actions" },
      h("button", { type: "button", onclick: () => focusOn(thing, 1) }, "Focus"),
      h("button", { type: "button", onclick: () => focusOn(thing, 2) }, "Two steps"),
      hiddenOf(thing).length && isDrawn(thing) ? h("button", { type: "button", onclick: () => { leaveFocus(); open(thing); } }, "Show " + Math.min(BATCH, hiddenOf(thing).length) + " more near it") : null,
      state.opened.some((o) => o.anchor === thing) ? h("button", { type: "button", onclick: () => close(thing) }, "Fold them again") : null,
      copyButton()),
    list("What it does and is", asSubject), list("What is done to it and said of it", asObject), list("What it says", asSource),
    hidden ? h("p", { class: "hint" }, plural(hidden, "fact"), " more ", hidden === 1 ? "is" : "are", " filtered out.") : null,
    thing.facts.length ? null : h("p", { class: "hint" }, "No fact speaks of it."),
    h("h3", null, "Elsewhere"),
    h("ul", { class: "plain links" }, h("li", null, link(thing.iri)), thing.sameAs.map((iri) => h("li", null, link(iri)))));
}

function longList(entries, draw, first = 60) {
  const list = h("ul", { class: "plain facts" }, entries.slice(0, first).map(draw));
  if (entries.length <= first) return list;
  const more = h("button", { type: "button", onclick: () => {
    const from = list.children.length;
    list.append(...entries.slice(from, from + 200).map(draw));
    if (list.children.length >= entries.length) more.remove(); else more.textContent = rest();
  } }, "");
  const rest = () => "Show more (" + count((entries.length - list.children.length)) + " left)";
  more.textContent = rest();
  return [list, more];
}

function drawFact(fact) {
  const siblings = fact.arrow ? fact.arrow.facts : [fact];
  const between = fact.object ? fact.subject.facts.filter((other) => !siblings.includes(other) && passes(other)
    && ((other.subject === fact.subject && other.object === fact.object) || (other.subject === fact.object && other.object === fact.subject))) : [];
  fill("Fact",
    h("p", { class: "triple" }, fact.lead ? h("bdi", { class: "lead" }, fact.lead) : null, thingButton(fact.subject), " ", h("span", { class: "relation" }, fact.relation.label), " ", objectOf(fact)),
    siblings.map((one) => [
      h("table", { class: "about" }, h("tbody", null,
        row("Factuality", [arrowMark(one.factuality), " ", h("strong", null, one.factuality.name), h("small", null, " – " + one.factuality.explanation)]),
        row("Speaker", one.saidBy ? thingButton(one.saidBy) : null),
        row("Time", one.time || null),
        row("Confidence", one.confidence.toFixed(2)),
        row("Rule", one.rule ? h("code", null, one.rule) : null),
        row("Inferred", one.inferred ? ["yes", one.premises.length ? [", from ", one.premises.map((id, i) => [i ? ", " : "", premise(id)])] : null] : null))),
      one.evidence.length ? one.evidence.map((evidence) => quote(one, evidence)) : h("p", { class: "hint" }, "The graph has no words behind this fact."),
    ]),
    h("p", { class: "actions" }, copyButton()),
    between.length ? [h("h3", null, "Also between them"), longList(between, (other) => factLine(other, fact.subject))] : null);
}

function premise(id) {
  const fact = factById.get(id);
  return fact ? h("button", { type: "button", onclick: () => goToFact(fact) }, sentenceOf(fact)) : h("code", null, id);
}

const row = (head, value) => (value === null ? null : h("tr", null, h("th", { scope: "row" }, head), h("td", null, value)));

// The sentence with the words of the evidence marked, and in them the names of subject and object.
function quote(fact, evidence) {
  const article = fact.article;
  if (!article || evidence.start < 0) {
    return h("figure", null,
      h("blockquote", { dir: "auto" }, h("mark", null, evidence.text)),
      h("figcaption", null, article ? ["in ", name(article.title || article.id), article.published ? " · " + article.published : null, article.url ? [" · ", link(article.url, "source")] : null] : fact.docId));
  }
  return h("figure", null,
    h("blockquote", { dir: "auto" }, marked(article, evidence.from, evidence.to, [{ start: evidence.start, end: evidence.end, fact }], [fact.subject, fact.object])),
    h("figcaption", null, h("button", { type: "button", onclick: () => openText(article, fact) }, "in ", name(article.title || article.id)), article.published ? " · " + article.published : null));
}

function copyButton() {
  return h("button", { type: "button", onclick: (event) => {
    const button = event.currentTarget;
    const done = () => { button.textContent = "Copied"; };
    const address = location.href.split("#")[0] + permalink();
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, () => { button.textContent = address; });
    else button.textContent = address;
  } }, "Copy link");
}

// Facts with a time in their order: those of the selected thing, or all. What is less exact comes before what lies within it.
function drawTimeline() {
  const about = state.selected && state.selected.thing;
  const dated = facts.filter((fact) => fact.when && passes(fact)
    && (about ? about.facts.includes(fact) : !state.familiesOff.has(fact.subject.family.name)));
  dated.sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : a.number - b.number));
  const groups = [];
  dated.forEach((fact) => {
    if (!groups.length || groups[groups.length - 1].when !== fact.when) groups.push({ when: fact.when, facts: [], times: new Map() });
    // What several articles say is one entry, with how many do.
    const { facts: kept, times: told } = groups[groups.length - 1];
    const key = toldAs(fact);
    if (!told.has(key)) kept.push(fact);
    told.set(key, (told.get(key) || 0) + 1);
  });
  fill(about ? ["Timeline of ", name(about.label)] : "Timeline",
    about ? h("p", { class: "actions" }, h("button", { type: "button", onclick: () => { select(null); show("timeline"); } }, "Of everything")) : null,
    groups.length ? null : h("p", { class: "hint" }, "No fact here has a time."),
    groups.length > 1 ? timeStrip(groups) : null,
    h("ol", { class: "plain timeline" }, groups.slice(0, 300).map((group) => h("li", { id: "when-" + group.when },
      h("time", { datetime: group.when }, group.when), h("ul", { class: "plain" }, group.facts.map((fact) => {
        const line = factLine(fact, undefined, false);
        const told = group.times.get(toldAs(fact));
        if (told > 1) line.append(h("small", { title: "said " + told + " times" }, "×" + told));
        return line;
      }))))),
    groups.length > 300 ? h("p", { class: "hint" }, "Later than that are " + plural(groups.length - 300, "more time") + ": narrow it by the sliders of the legend.") : null);
}

const toldAs = (fact) => fact.factuality.name + " " + sentenceOf(fact);

// The years of a time, with a part of a year behind the point: "2031-07" begins at 2031.5.
function yearsOf(when) {
  const [year, month, day] = when.slice(0, 10).split("-").map(Number);
  return year + ((month || 1) - 1) / 12 + ((day || 1) - 1) / 372;
}

// All times on a line, as far apart as they are; how many facts each has is the height of its mark.
function timeStrip(groups) {
  const [first, last] = [yearsOf(groups[0].when), yearsOf(groups[groups.length - 1].when)];
  const at = (years) => 8 + (last > first ? (years - first) / (last - first) : 0.5) * 484;
  const most = Math.max(...groups.map((group) => group.facts.length));
  const marks = groups.map((group) => {
    const height = 6 + 26 * Math.sqrt(group.facts.length / most);
    const mark = s("rect", { x: (at(yearsOf(group.when)) - 2).toFixed(1), y: (38 - height).toFixed(1), width: 4, height: height.toFixed(1), rx: 1.5, fill: "var(--accent)" },
      s("title", {}, document.createTextNode(group.when + ": " + plural(group.facts.length, "fact"))));
    mark.addEventListener("click", () => { const entry = document.getElementById("when-" + group.when); if (entry) entry.scrollIntoView({ block: "start" }); });
    return mark;
  });
  return s("svg", { viewBox: "0 0 500 56", class: "strip", role: "img", "aria-label": "Times from " + groups[0].when + " to " + groups[groups.length - 1].when },
    s("line", { x1: 8, x2: 492, y1: 38.5, y2: 38.5, stroke: "var(--soft)" }), ...marks,
    s("text", { x: 8, y: 53 }, document.createTextNode(groups[0].when)), s("text", { x: 492, y: 53, "text-anchor": "end" }, document.createTextNode(groups[groups.length - 1].when)));
}

function drawFacts() {
  const shown = facts.filter((fact) => passes(fact) && !state.familiesOff.has(fact.subject.family.name));
  const body = h("tbody", null);
  const draw = (fact) => h("tr", { class: fact.factuality.name },
    h("td", null, thingButton(fact.subject)), h("td", { class: "relation" }, fact.relation.label), h("td", null, objectOf(fact)),
    h("td", null, h("button", { type: "button", class: "why", title: "Show the words", onclick: () => goToFact(fact) }, name(fact.lead ? fact.lead.replace(/:\s*$/, "") : fact.factuality.name))), h("td", null, fact.time));
  body.append(...shown.slice(0, 150).map(draw));
  const more = h("button", { type: "button", onclick: () => {
    body.append(...shown.slice(body.children.length, body.children.length + 500).map(draw));
    more.hidden = body.children.length >= shown.length;
  } }, "Show more");
  more.hidden = shown.length <= 150;
  fill(plural(shown.length, "fact"),
    h("div", { class: "scroll" }, h("table", { class: "facts" }, h("thead", null, h("tr", null, ["Subject", "Relation", "Object", "How it is put", "Time"].map((head) => h("th", { scope: "col" }, head)))), body)), more);
}
