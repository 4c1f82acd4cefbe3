// The page: what was chosen and typed goes to the worker, and what the worker says is shown.

const here = new URL(".", import.meta.url);
const { site, languages, ...texts } = await (await fetch(new URL("page.json", here))).json();
const $ = (id) => document.getElementById(`page-${id}`);
const FIELDS = ["lot", "call", "duration", "grant", "total"];
const VALUES = { country: "country", type: "kind", role: "role", counts: "counts-as" };
const SLOW = 1000; // milliseconds after which a check can be stopped

const state = { sheets: [], shown: "", changes: [], answer: null };
let language = texts[preferred()] ? preferred() : "en";

function preferred() {
  const asked = new URLSearchParams(location.search).get("lang");
  const [code] = (asked ?? remembered() ?? navigator.language).toLowerCase().split("-");
  return { no: "nb", nn: "nb" }[code] ?? code;
}

function remembered() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null; // a browser may keep nothing
  }
}

// Words

function say(key, values = {}) {
  return texts[language].words[key].replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
}

function speak() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-say]"))
    element.textContent = say(element.dataset.say);
  offer("language", Object.entries(languages), language);
  offer("lot", [["", say("lot-open")], ...texts[language].lots]);
  offer("call", [["", say("call-open")], ...texts[language].calls]);
  const verbs = Object.keys(texts[language].words).filter((key) => key.startsWith("verb-"));
  offer("verb", verbs.map((key) => [key.slice(5), say(key)]));
  for (const list of ["country", "kind", "role"]) offer(list, texts[language][list]);
  offer("counts", texts[language]["counts-as"]);
  offer("yes", ["yes", "no"].map((value) => [value, say(value)]));
  $("list").setAttribute("aria-label", say("chosen"));
  $("version").textContent = say("version", site);
  const buttons = texts[language].lots.map(([lot, label]) =>
    button(say("download-template", { lot: label }), () => template(lot)),
  );
  $("templates").replaceChildren(...buttons);
}

function offer(id, choices, value = $(id).value) {
  const options = choices.map(([choice, label]) => new Option(label, choice));
  $(id).replaceChildren(...options);
  if (choices.some(([choice]) => choice === value)) $(id).value = value;
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

let status = ["starting"];

function report(...said) {
  status = said;
  $("status").textContent = typeof said[0] === "string" ? say(...said) : said[0].line;
}

// The worker: one that breaks is replaced, and what was chosen and typed stays

let worker, up, ready, asked;
let number = 0;

function start() {
  // From a blob the worker inherits the policy of the page; by its own address it would have none.
  const code = `import ${JSON.stringify(new URL("worker.js", here).href)};`;
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const fresh = new Worker(address, { type: "module" });
  worker = fresh;
  up = false;
  asked = new Map();
  fresh.onmessage = ({ data }) => fresh === worker && hear(data);
  fresh.onerror = (event) => fresh === worker && broke(event.message || "worker");
  $("progress").hidden = false;
  report("loading", { part: 0, whole: mib(site.bytes) });
  ready = ask("start", { pyodide: site.pyodide });
  ready.then(
    () => {
      URL.revokeObjectURL(address);
      up = true;
      $("progress").hidden = true;
      report("ready");
      keep();
    },
    () => {}, // broke() has said so
  );
}

const mib = (bytes) => (bytes / 2 ** 20).toFixed(1);

function ask(task, given = {}) {
  const id = (number += 1);
  return new Promise((resolve, reject) => {
    asked.set(id, { resolve, reject, given });
    worker.postMessage({ id, task, ...given });
  });
}

function hear({ id, value, error, broken, come, stage, at }) {
  if (come !== undefined) {
    $("progress").value = Math.min(1, come / site.bytes);
    const part = mib(Math.min(come, site.bytes));
    if (come >= site.bytes) report("starting");
    else report("loading", { part, whole: mib(site.bytes) });
  } else if (stage !== undefined) report(stage);
  else if (at !== undefined) heardAt(at, asked.get(id)?.given);
  else if (broken) broke(error);
  else {
    const { resolve, reject } = asked.get(id);
    asked.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(error));
  }
}

let current; // the sheet that is being judged

function heardAt(place, given) {
  if (!given) return;
  current = given.sheets[place].key;
  report("checking", { name: given.sheets[place].name });
}

// The sheet at which Python broke is not given to it again; the others are.
function broke(reason) {
  const waiting = [...asked.values()];
  const sheet = up && state.sheets.find(({ key }) => key === current);
  if (sheet) sheet.broken = true;
  current = undefined;
  if (up) replace();
  else {
    worker.terminate();
    $("progress").hidden = true;
    $("again").hidden = false;
    report("no-python");
  }
  for (const { reject } of waiting) reject(Object.assign(new Error(reason), { again: sheet }));
}

function replace() {
  worker.terminate();
  start();
}

// Checking: the newest wish counts; wishes that come meanwhile are one

let busy = false;
let wished = false;

async function check() {
  wished = true;
  if (busy) return;
  busy = true;
  while (wished) {
    wished = false;
    await once();
  }
  busy = false;
}

async function once() {
  list();
  if (!state.sheets.length) return show(null);
  if ($("progress").hidden) report("checking", { name: chosen()[0].name });
  const slow = setTimeout(() => ($("stop").hidden = false), SLOW);
  try {
    await ready;
    const answer = await ask("answer", work());
    current = undefined;
    if (!wished) show(answer);
  } catch (error) {
    if (error.again) wished = true;
    else if (up) report("failed", { reason: error.message });
  } finally {
    clearTimeout(slow);
    $("stop").hidden = true;
  }
}

function chosen() {
  const one = state.sheets.filter(({ key }) => String(key) === state.shown);
  return one.length ? one : state.sheets;
}

function work() {
  const request = { lang: language };
  for (const name of FIELDS) request[name] = $(name).value;
  const sheets = chosen().map(({ item, ...sheet }) => sheet); // without its place on the page
  if (sheets.length === 1) request.changes = state.changes;
  return { request, sheets };
}

function stop() {
  const waiting = [...asked.values()];
  replace();
  for (const { reject } of waiting) reject(new Error("stopped"));
  ready.then(() => report("stopped"), () => {});
  $("again").hidden = false;
}

// Sheets

let key = 0;

async function add(files) {
  for (const file of files) {
    const sheet = { key: (key += 1), name: unlike(file.name), size: file.size, broken: false };
    if (file.size <= site.largest) {
      try {
        sheet.content = new Uint8Array(await file.arrayBuffer());
      } catch (error) {
        report("failed", { reason: `${file.name}: ${error.message}` });
        continue;
      }
    }
    state.sheets.push(sheet);
  }
  view("");
}

// Names tell sheets apart in every report.
function unlike(name) {
  const taken = new Set(state.sheets.map((sheet) => sheet.name));
  const [, stem, suffix] = name.match(/^(.*?)(\.[^.]*)?$/s);
  let fresh = name;
  for (let n = 2; taken.has(fresh); n += 1) fresh = `${stem} (${n})${suffix ?? ""}`;
  return fresh;
}

function remove(gone) {
  state.sheets = state.sheets.filter((sheet) => sheet !== gone);
  $("files").focus();
  view("");
}

function view(shown) {
  state.shown = shown;
  state.changes = [];
  check();
}

function list() {
  const items = state.sheets.map((sheet) => {
    sheet.item ??= item(sheet);
    const became = state.answer?.sheets.find((one) => one.name === sheet.name);
    const [, verdict, away] = sheet.item.children;
    verdict.className = `word ${became?.verdict ?? ""}`;
    verdict.textContent = became?.words ?? "";
    verdict.hidden = !became?.words;
    away.setAttribute("aria-label", say("remove", { name: sheet.name }));
    return sheet.item;
  });
  // What is there already stays: a click may be on its way to it.
  const shown = [...$("list").children];
  if (shown.length !== items.length || items.some((one, place) => shown[place] !== one))
    $("list").replaceChildren(...items);
  $("clear").hidden = items.length < 2;
  $("view-row").hidden = items.length < 2;
  const all = ["", say("view-all", { number: items.length })];
  const each = state.sheets.map((sheet) => [String(sheet.key), sheet.name]);
  offer("view", [all, ...each], state.shown);
}

function item(sheet) {
  const made = document.createElement("li");
  const name = document.createElement("bdi");
  name.textContent = sheet.name;
  const verdict = document.createElement("a");
  verdict.href = "#page-answer";
  made.append(name, verdict, button("×", () => remove(sheet)));
  return made;
}

// The answer

function parsed(html) {
  const made = new DOMParser().parseFromString(html, "text/html").body;
  // A link to a source must not take the page away with all that was typed.
  for (const link of made.querySelectorAll("a[href^=http]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return made.childNodes;
}

function show(answer) {
  state.answer = answer;
  $("again").hidden = true;
  $("result").hidden = answer === null;
  document.body.classList.toggle("answered", answer !== null);
  list();
  for (const name of ["duration", "grant", "total", "changes"]) {
    const wrong = answer?.wrong[name] ?? "";
    $(`${name}-wrong`).textContent = wrong;
    if (name !== "changes") $(name).setAttribute("aria-invalid", String(wrong !== ""));
  }
  if (answer === null) {
    $("answer").replaceChildren();
    if ($("progress").hidden) report("ready");
    return;
  }
  $("answer").replaceChildren(...parsed(answer.html));
  $("answer").setAttribute("aria-label", say("answer"));
  report(answer);
  offerChanges(answer);
  askQuestions(answer);
}

// What if

function offerChanges({ partners, advice, before, line }) {
  $("what-if").hidden = !partners.length;
  $("what-if-many").hidden = partners.length > 0 || chosen().length < 2;
  offer("partner", partners.map(({ cell, name }) => [cell, `${name || "–"} (${cell})`]));
  choose();
  $("advice").hidden = !advice.length || state.changes.length > 0;
  $("tried").hidden = !state.changes.length;
  $("with").textContent = say("with", { line });
  $("before").textContent = before && say("without", { line: before });
  const items = state.changes.map((change) => {
    const item = document.createElement("li");
    const label = document.createElement("bdi");
    label.textContent = inWords(change, partners);
    const back = button("×", () => {
      $("verb").focus();
      tryOut(state.changes.filter((one) => one !== change));
    });
    back.setAttribute("aria-label", say("undo", { change: label.textContent }));
    item.append(label, back);
    return item;
  });
  $("changes").replaceChildren(...items);
}

function choose() {
  for (const row of $("what-if").querySelectorAll("[data-for]"))
    row.hidden = !row.dataset.for.split(" ").includes($("verb").value);
}

function written() {
  const verb = $("verb").value;
  if (verb === "add") return `add:${$("country").value}:${$("kind").value}`;
  const place = `${verb}:${$("partner").value}`;
  if (verb === "drop" || verb === "confirm") return place;
  const list = { country: "country", type: "kind", role: "role", counts: "counts" }[verb] ?? "yes";
  return `${place}=${$(list).value}`;
}

function inWords(change, partners) {
  const [, verb, cell, value] = change.match(/^(\w+):(.*?)(?:=(.*))?$/s) ?? [];
  if (!verb) return change;
  const named = (list, one) => texts[language][list].find(([id]) => id === one)?.[1] ?? one;
  if (verb === "add") {
    const [code, kind] = cell.split(":");
    const label = [named("kind", kind), named("counts-as", kind)].find((one) => one !== kind);
    return say("change-add", { country: named("country", code), kind: label ?? kind });
  }
  const partner = partners.find((one) => one.cell === cell)?.name || cell;
  const words = VALUES[verb] ? named(VALUES[verb], value) : (texts[language].words[value] ?? value);
  return say(`change-${verb}`, { partner, value: words });
}

function tryOut(changes) {
  state.changes = [...new Set(changes)];
  check();
}

async function askQuestions(answer) {
  const wanted = answer.asks && chosen().length === 1 && answer.partners.length > 0;
  $("asking").hidden = !wanted;
  $("questions").replaceChildren();
  if (!wanted) return;
  try {
    const html = await ask("questions", work());
    if (state.answer === answer) $("questions").replaceChildren(...parsed(html));
  } catch {
    $("asking").hidden = true;
  }
}

// Files to take away

function save(content, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const TYPES = {
  html: "text/html",
  json: "application/json",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

async function take(name, form, made) {
  report("making", { name });
  try {
    await ready;
    save(await made(), name, TYPES[form]);
    report("made", { name });
  } catch (error) {
    report("failed", { reason: error.message });
  }
}

function download(form) {
  const sheets = chosen();
  const stem = sheets.length === 1 ? `${sheets[0].name.replace(/\.[^.]*$/, "")}-` : "";
  take(`${stem}report.${form}`, form, () => ask("report", { form, ...work() }));
}

function template(lot) {
  const call = $("call").value;
  const given = { lot, call, request: { lang: language } };
  take(`partners-${lot}.xlsx`, "xlsx", () => ask("template", given));
}

// Without a connection, and a newer version

async function keep() {
  if (!navigator.serviceWorker || keep.done) return;
  keep.done = true;
  try {
    const address = new URL("service-worker.js", document.baseURI);
    const found = await navigator.serviceWorker.register(address);
    const waiting = () => {
      $("offline").hidden = !found.active;
      $("update").hidden = !(found.waiting && navigator.serviceWorker.controller);
    };
    const follow = (fresh) => fresh?.addEventListener("statechange", waiting);
    found.addEventListener("updatefound", () => follow(found.installing));
    follow(found.installing);
    waiting();
    $("update").querySelector("button").addEventListener("click", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
      found.waiting?.postMessage("use");
    });
  } catch {
    // Some browsers and addresses allow none; the page then works with a connection only.
  }
}

// What people do

$("language").addEventListener("change", ({ target }) => {
  language = target.value;
  try {
    localStorage.setItem("language", language);
  } catch {
    // a browser may keep nothing
  }
  speak();
  if (typeof status[0] === "string") report(...status);
  if (state.sheets.length) check();
});
$("files").addEventListener("change", async ({ target }) => {
  const files = [...target.files];
  target.value = "";
  await add(files);
});
for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]])
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.classList.toggle("over", over);
    if (name === "drop") add([...event.dataTransfer.files]);
  });
for (const name of FIELDS) $(name).addEventListener("change", () => state.sheets.length && check());
$("form").addEventListener("submit", (event) => event.preventDefault());
$("paste-check").addEventListener("click", () => {
  const text = $("paste").value;
  if (!text.trim()) return;
  $("paste").closest("details").open = false;
  add([new File([text], `${say("pasted")}.tsv`)]);
});
$("example").addEventListener("click", async () => {
  const content = await (await fetch(new URL("example.xlsx", here))).blob();
  $("lot").value = "innovation";
  add([new File([content], site.example)]);
});
$("clear").addEventListener("click", () => {
  state.sheets = [];
  view("");
});
$("view").addEventListener("change", ({ target }) => view(target.value));
$("stop").addEventListener("click", stop);
$("again").addEventListener("click", () => {
  $("again").hidden = true;
  if (status[0] === "no-python") replace();
  check();
});
$("verb").addEventListener("change", choose);
$("what-if").addEventListener("submit", (event) => {
  event.preventDefault();
  tryOut([...state.changes, written()]);
});
$("advice").addEventListener("click", () => tryOut(state.answer.advice));
$("undo-all").addEventListener("click", () => tryOut([]));
for (const one of document.querySelectorAll("[data-format]"))
  one.addEventListener("click", () => download(one.dataset.format));

speak();
start();
