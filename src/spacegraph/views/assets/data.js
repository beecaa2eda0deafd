// The graph as Python wrote it, with names for what the lists hold, and indexes over it.

const raw = JSON.parse(document.getElementById("graph-data").textContent);

const families = raw.families;
const classes = raw.classes.map(([name, label, family]) => ({ name, label, family }));
const factualities = raw.factualities;
const relations = raw.relations.map(([iri, label]) => ({ iri, label }));
const articles = raw.articles;

const things = raw.things.map((t, number) => ({
  number, iri: t[0], label: t[1], short: t[2], cls: classes[t[3]], aliases: t[4], sameAs: t[5],
  importance: t[6], size: t[7], x: t[8], y: t[9], anchor: t[10], facts: [], family: families[classes[t[3]].family],
}));

const facts = raw.facts.map((f, number) => ({
  number, id: f[0], subject: things[f[1]], relation: relations[f[2]],
  object: typeof f[3] === "number" ? things[f[3]] : null,
  value: typeof f[3] === "number" ? null : { text: f[3][0], type: f[3][1] },
  factuality: factualities[f[4]],
  saidBy: typeof f[5] === "string" ? { label: f[5] } : f[5] < 0 ? null : things[f[5]],
  time: f[6], confidence: f[7],
  article: typeof f[8] === "number" ? articles[f[8]] : null,
  docId: typeof f[8] === "number" ? articles[f[8]].id : f[8],
  evidence: f[9].map((e) => (e.length === 1
    ? { text: e[0], start: -1, end: -1, from: -1, to: -1 } : { text: "", start: e[0], end: e[1], from: e[2], to: e[3] })),
  rule: f[10], inferred: Boolean(f[11]), premises: f[12], lead: f[13],
}));

const thingByIri = new Map(things.map((thing) => [thing.iri, thing]));
const factById = new Map(facts.map((fact) => [fact.id, fact]));

articles.forEach((article) => { article.facts = []; });
facts.forEach((fact) => {
  fact.subject.facts.push(fact);
  if (fact.object && fact.object !== fact.subject) fact.object.facts.push(fact);
  if (fact.saidBy && fact.saidBy.facts && fact.saidBy !== fact.subject && fact.saidBy !== fact.object) fact.saidBy.facts.push(fact);
  if (fact.article) fact.article.facts.push(fact);
});

// An arrow stands for all facts that put the same relation between the same two things in the same way.
const arrows = [];
{
  const byKey = new Map();
  facts.forEach((fact) => {
    if (!fact.object) return;
    const key = [fact.subject.number, fact.relation.iri, fact.object.number, fact.factuality.name].join(" ");
    let arrow = byKey.get(key);
    if (!arrow) {
      arrow = { number: arrows.length, subject: fact.subject, object: fact.object, relation: fact.relation, factuality: fact.factuality, facts: [] };
      byKey.set(key, arrow);
      arrows.push(arrow);
    }
    arrow.facts.push(fact);
    fact.arrow = arrow;
  });
}
// The arrows between the things that matter most carry their relation from the start.
const MAIN_ARROWS = 20;
[...arrows].sort((a, b) => b.subject.importance * b.object.importance - a.subject.importance * a.object.importance || a.number - b.number)
  .slice(0, MAIN_ARROWS).forEach((arrow) => { arrow.isMain = true; });
things.forEach((thing) => { thing.arrows = []; });
arrows.forEach((arrow) => {
  arrow.subject.arrows.push(arrow);
  if (arrow.object !== arrow.subject) arrow.object.arrows.push(arrow);
});

// Which things each drawn one stands for until it is opened; -1 are those that no path leads to.
const cells = new Map();
things.forEach((thing) => {
  if (thing.x !== null) return;
  if (!cells.has(thing.anchor)) cells.set(thing.anchor, []);
  cells.get(thing.anchor).push(thing);
});

// When a fact is: the time that it has, or the date that it gives; "" where nothing says so, and for a day of any year.
const DATES = new Set(["date", "dateTime", "gYear", "gYearMonth"]);
facts.forEach((fact) => { fact.when = fact.time || (fact.value && DATES.has(fact.value.type) ? fact.value.text : ""); if (!/^\d{4}/.test(fact.when)) fact.when = ""; });
const times = [...new Set(facts.map((fact) => fact.time).filter(Boolean))].sort();

function sentenceOf(fact) {
  const tail = fact.object ? fact.object.label : fact.value.text;
  return fact.lead + fact.subject.label + " " + fact.relation.label + " " + tail;
}
