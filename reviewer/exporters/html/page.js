"use strict";
// The table, its filters and the panel of one submission.
// All words under review come from JSON and go into the page as text nodes only, never as markup.

const SLICE = 100;
const MOST_PRINTED = 5000; // rows that go on paper at once
const ALL_OF_A_TEXT = 20000; // characters that are shown without asking
const AROUND = 1000; // characters that are shown on each side of a gap
const GONE = "pgone";
const FILTERS = ["q", "pile", "decision", "clause", "reader", "why"];

const get = (id) => document.getElementById(id);
const parsed = (id) => JSON.parse(get(id).textContent);
const { rows, block, clauses, decisions, piles, readers, why: whyNot } = parsed("rows");
const place = new Map(rows.map((row, at) => [row.n, at]));
const blocks = new Map();
const total = rows.filter((row) => row.pile !== GONE).length;
let found = [];
let slices = 1;
let sort = { by: "pile", down: false };

function make(tag, { text, parts = [], on = {}, ...attributes } = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const [name, action] of Object.entries(on)) element.addEventListener(name, action);
  if (text !== undefined) element.textContent = text;
  element.append(...parts);
  return element;
}

function details(at) {
  const number = Math.floor(at / block);
  if (!blocks.has(number)) blocks.set(number, parsed(`d${number}`));
  return blocks.get(number)[at % block];
}

// --- filtering and sorting

// The keys of the piles start with a letter, or a script would put `1` before all others by itself.
const pileOrder = Object.keys(piles);
const decisionOrder = Object.keys(decisions);
const keys = {
  input: (row) => place.get(row.n),
  pile: (row) => pileOrder.indexOf(row.pile),
  decision: (row) => decisionOrder.indexOf(row.decision),
  name: (row) => row.name.toLowerCase(),
  clauses: (row) => row.clauses.length,
  reader: (row) => readers[row.reader],
};

const words = []; // what a search looks through, made when it is first needed
function wordsOf(at) {
  if (words[at] === undefined) {
    const { text, why } = details(at);
    const said = text.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
    const titles = rows[at].clauses.map((id) => `${id} ${clauses[id]}`).join("\n");
    words[at] = `${rows[at].name}\n${rows[at].place}\n${said}\n${why}\n${titles}`.toLowerCase();
  }
  return words[at];
}

const filters = () => Object.fromEntries(FILTERS.map((name) => [name, get(name).value]));

function select() {
  const { q, pile, decision, clause, reader, why } = filters();
  const sought = q.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row, at) =>
    // What is no longer in the input is in no count, and shows only when it is asked for.
    (pile ? row.pile === pile : row.pile !== GONE) &&
    (!decision || row.decision === decision) &&
    (!clause || row.clauses.includes(clause)) &&
    (!reader || row.reader === reader) &&
    (!why || row.why === why) &&
    sought.every((word) => wordsOf(at).includes(word));
  const key = keys[sort.by];
  const sign = sort.down ? -1 : 1;
  found = rows.filter(fits).map((row) => [key(row), row]);
  // The sort is stable, so that rows with the same key stay in the order of the input.
  found.sort(([a], [b]) => (a < b ? -sign : a > b ? sign : 0));
  found = found.map(([, row]) => row);
}

// --- the table

function line(row) {
  const cell = (label, ...parts) => make("td", { role: "cell", "data-label": label, parts });
  const small = (text) => make("span", { class: "small", dir: "auto", text });
  const opener = make("a", { href: `#s${row.n}`, dir: "auto", text: row.name, on: { click: (event) => follow(event, row) } });
  const name = [opener, ...[row.place, row.said].filter(Boolean).map(small)];
  const decision = make("span", { class: `decision ${row.decision}`, text: decisions[row.decision] });
  const hit = row.clauses.map((id) => make("li", { text: clauses[id] }));
  return make("tr", {
    role: "row",
    id: `r${row.n}`,
    parts: [
      make("th", { role: "rowheader", scope: "row", "data-label": "Submission", parts: name }),
      cell("Tier", piles[row.pile]),
      cell("Decision", decision, ...(row.signed ? [small(row.signed)] : [])),
      cell("Clauses", ...(hit.length ? [make("ul", { parts: hit })] : [make("span", { class: "small", text: "none hit" })])),
      cell("Read by", small(readers[row.reader]), ...(row.why ? [small(`Not the model: ${whyNot[row.why]}.`)] : [])),
    ],
  });
}

function show(most = slices * SLICE) {
  const number = (count) => count.toLocaleString("en");
  const shown = found.slice(0, most);
  get("lines").replaceChildren(...shown.map(line));
  get("more").hidden = shown.length === found.length;
  get("none").hidden = found.length > 0;
  const of = found.length === total ? `All ${number(total)} submissions` : `${number(found.length)} of ${number(total)} submissions`;
  get("count").textContent = shown.length < found.length ? `${of}; the first ${number(shown.length)} are shown` : of;
  for (const heading of document.querySelectorAll("th[data-sort]")) {
    const direction = sort.down ? "descending" : "ascending";
    heading.setAttribute("aria-sort", heading.dataset.sort === sort.by ? direction : "none");
  }
}

function refresh() {
  slices = 1;
  select();
  show();
}

// --- the address: `#s12&pile=p1&q=face` opens submission 12 among those that the filter leaves

function read() {
  const parts = new URLSearchParams(location.hash.slice(1));
  for (const name of FILTERS) get(name).value = parts.get(name) ?? "";
  sort = { by: keys[parts.get("sort")] ? parts.get("sort") : "pile", down: parts.get("down") === "1" };
  refresh();
  const open = /^#s(\d+)(&|$)/.exec(location.hash);
  if (open && place.has(Number(open[1]))) openPanel(rows[place.get(Number(open[1]))]);
  else if (get("panel").open) get("panel").close();
}

function write(open) {
  const parts = new URLSearchParams(Object.entries(filters()).filter(([, value]) => value));
  if (sort.by !== "pile") parts.set("sort", sort.by);
  if (sort.down) parts.set("down", "1");
  const hash = [open ? `s${open.n}` : "", parts.toString()].filter(Boolean).join("&");
  history.replaceState(null, "", `${location.href.split("#")[0]}${hash ? `#${hash}` : ""}`);
}

// --- the panel of one submission

function follow(event, row) {
  event.preventDefault();
  openPanel(row);
}

function openPanel(row) {
  const panel = get("panel");
  const told = details(place.get(row.n));
  get("panel-name").textContent = row.name;
  get("panel-place").textContent = told.place === row.name ? "" : told.place;
  get("panel-head").textContent = told.head ?? "";
  get("panel-why").textContent = told.why;
  get("panel-text").replaceChildren(...textOf(told, false));
  get("panel-sections").replaceChildren(...(told.sections ?? []).map(section));
  for (const [id, step] of [["previous", -1], ["next", 1]]) {
    const other = found[found.indexOf(row) + step];
    get(id).disabled = !other || !found.includes(row);
    get(id).onclick = () => openPanel(other);
  }
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  panel.dataset.row = row.n;
  get("panel-name").focus();
  write(row);
}

function closed() {
  const row = get("panel").dataset.row;
  write();
  (document.querySelector(`#r${row} a`) ?? get("q")).focus();
}

function textOf(told, whole) {
  if (told.none) return [make("p", { class: "small", text: told.none })];
  const long = told.text.reduce((sum, piece) => sum + (piece.text ?? piece).length, 0) > ALL_OF_A_TEXT;
  const cut = long && !whole;
  const shown = make("div", { class: "text", dir: "auto", parts: told.text.flatMap((piece) => pieceOf(piece, cut)) });
  if (!cut) return [shown];
  const all = () => {
    get("panel-text").replaceChildren(...textOf(told, true));
    get("panel-text").focus();
  };
  return [make("button", { type: "button", text: "Show all of the text", on: { click: all } }), shown];
}

function pieceOf(piece, cut) {
  const text = piece.text ?? piece;
  const body = cut && !piece.marks && text.length > 3 * AROUND ? gap(text) : [text];
  if (typeof piece === "string") return body;
  let parts = piece.own ? [make("span", { class: "own", parts: body })] : body;
  if (piece.marks) {
    const labels = piece.ends.map((label) => make("sup", { text: label }));
    parts = [make("mark", { class: piece.style, tabindex: "-1", "data-marks": piece.marks.join(" "), parts: [...parts, ...labels] })];
  }
  if (!piece.hidden) return parts;
  const label = typeof piece.hidden === "string" ? [make("b", { text: `Hidden words (${piece.hidden}) ` })] : [];
  return [make("span", { class: "hidden-words", parts: [...label, ...parts] })];
}

function gap(text) {
  const left = (text.length - 2 * AROUND).toLocaleString("en");
  const note = make("span", { class: "gap", text: `\n\n[${left} characters are not shown]\n\n` });
  return [text.slice(0, AROUND), note, text.slice(-AROUND)];
}

function section({ title, lines = [], facts = [], cards = [], items = [] }) {
  const list = (tag, parts) => (parts.length ? [make(tag, { parts: parts.flat() })] : []);
  const fact = ([name, value]) => [make("dt", { text: name }), make("dd", { dir: "auto", text: value })];
  const item = (text) => make("li", { dir: "auto", text });
  const parts = [
    make("h3", { text: title }),
    ...lines.map((text) => make("p", { text })),
    ...list("dl", facts.map(fact)),
    ...cards.map(card),
    ...list("ul", items.map(item)),
  ];
  return make("section", { parts });
}

function card({ style, kind, title, lines = [], extracts = [], small = [] }) {
  const head = [make("span", { class: `kind ${style}`, text: kind }), " ", make("span", { text: title })];
  return make("article", {
    class: `card ${style}`,
    parts: [
      make("h4", { dir: "auto", parts: head }),
      ...lines.map((text) => make("p", { dir: "auto", text })),
      ...extracts.map((quote) => extract(quote, style)),
      ...small.map((text) => make("p", { class: "small", text })),
    ],
  });
}

function extract({ words: quoted, before = "", after = "", note = "", place: where = "", mark }, style) {
  const said = quoted ? [before, make("mark", { class: style, text: quoted }), after] : ["The words are no longer kept."];
  const small = [note, where].filter(Boolean).map((text) => make("span", { class: "small", text }));
  const to = () => {
    const target = document.querySelector(`#panel-text [data-marks~="${mark}"]`);
    target?.scrollIntoView({ block: "center" });
    target?.focus();
  };
  const link = mark === undefined ? [] : [make("button", { type: "button", class: "link", text: "Show in the text", on: { click: to } })];
  return make("blockquote", { dir: "auto", parts: [make("p", { parts: said }), ...small, ...link] });
}

// --- start

for (const heading of document.querySelectorAll("th[data-sort] button")) {
  heading.addEventListener("click", () => {
    const by = heading.parentElement.dataset.sort;
    sort = { by, down: sort.by === by ? !sort.down : by === "clauses" };
    refresh();
    write();
  });
}
let waiting;
for (const name of FILTERS) {
  get(name).addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { refresh(); write(); }, name === "q" ? 150 : 0);
  });
}
get("filters").addEventListener("submit", (event) => event.preventDefault());
get("reset").addEventListener("click", () => {
  for (const name of FILTERS) get(name).value = "";
  refresh();
  write();
  get("q").focus();
});
get("more").addEventListener("click", () => {
  const first = slices * SLICE;
  slices += 1;
  show();
  document.querySelectorAll("#lines th a")[first]?.focus();
});
get("close").addEventListener("click", () => get("panel").close());
get("panel").addEventListener("close", closed);
// A printed list cannot be asked for more; what an open submission hides is not on paper.
const isCut = () => !get("panel").open && found.length > slices * SLICE;
window.addEventListener("beforeprint", () => { if (isCut()) show(MOST_PRINTED); });
window.addEventListener("afterprint", () => { if (isCut()) show(); });
window.addEventListener("hashchange", () => {
  if (get(location.hash.slice(1))) return; // a link to a part of the page, and no filter
  read();
  if (!get("panel").open) get("table").focus();
});
read();
get("table").hidden = false;
