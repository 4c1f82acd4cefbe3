// A visit to the page that checks sheets, step by step; what was seen is JSON on standard output.
import { spawn } from "node:child_process";
import { readFileSync, renameSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const given = JSON.parse(readFileSync(0, "utf-8"));
const require = createRequire(`${given.home}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");

const seen = { steps: {}, json: {}, violations: {}, widths: {}, times: {}, messages: [] };

// The page is served by the command that the README gives, below a path.
async function served(port = 0) {
  const ran = spawn(given.python, [
    ...["-u", "-m", "http.server", String(port), "--bind", "127.0.0.1", "-d", given.web],
  ]);
  const first = await new Promise((resolve) => ran.stdout.once("data", resolve));
  const stop = () => new Promise((over) => (ran.once("exit", over), ran.kill()));
  ran.stderr.resume();
  return { port: Number(String(first).match(/port (\d+)/)[1]), stop };
}

let server = await served();
const base = `http://127.0.0.1:${server.port}/${given.path}/`;
let elsewhere = 0;
const other = createServer((_, reply) => ((elsewhere += 1), reply.end("seen")));
await new Promise((up) => other.listen(0, "127.0.0.1", up));
const foreign = `http://127.0.0.1:${other.address().port}/`;

const quiet = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync";
const browser = await chromium.launch({
  executablePath: given.chromium,
  args: [...quiet.split(" "), "--disable-background-networking", "--disable-component-update"],
});
const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 1000 } });
context.setDefaultTimeout(120_000);
const requests = [];
context.on("request", (one) => requests.push([one.method(), one.url(), one.postData()]));
const page = await context.newPage();
page.on("console", (one) => seen.messages.push(one.text()));
page.on("pageerror", (error) => seen.messages.push(String(error)));

const $ = (id) => page.locator(`#page-${id}`);
const status = () => $("status").textContent();
const ready = () => page.waitForFunction(() => document.querySelector("#page-progress").hidden);
const answered = (count = 1) =>
  page.waitForFunction(
    (wanted) => document.querySelectorAll("#page-list .word:not(:empty)").length === wanted,
    count,
  );
const verdict = () => page.locator("#page-answer h2").first().textContent();
const says = (text) =>
  page.waitForFunction(
    (wanted) => document.querySelector("#page-status").textContent.includes(wanted),
    text,
  );
const picture = (name, fullPage = false) =>
  page.screenshot({ path: `${given.folder}/${name}.png`, fullPage });

async function timed(name, act) {
  const from = performance.now();
  await act();
  seen.times[name] = Math.round(performance.now() - from);
}

async function downloaded(act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const name = download.suggestedFilename();
  const kept = `${given.folder}/taken-${name}`;
  await download.saveAs(kept);
  return { name, kept };
}

const text = async (act) => readFileSync((await downloaded(act)).kept, "utf-8");

async function cleared() {
  const buttons = page.locator("#page-list button");
  if ((await buttons.count()) > 1) await $("clear").click();
  else if (await buttons.count()) await buttons.first().click();
  await page.waitForFunction(() => document.querySelector("#page-result").hidden);
}

async function chosen(files, options = {}) {
  await cleared();
  for (const name of ["lot", "call"]) await $(name).selectOption(options[name] ?? "");
  await $("files").setInputFiles(files);
  await answered(files.length);
}

async function checkedByAxe(name) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  seen.violations[name] = found.violations.map(
    ({ id, help, nodes }) => `${id}: ${help} ${nodes.map((node) => node.html.slice(0, 200))}`,
  );
  seen.widths[name] = await page.evaluate(() => document.documentElement.scrollWidth);
}

const STEPS = {
  async load() {
    await timed("load", async () => {
      await page.goto(base);
      await ready();
    });
    await picture("start");
    await checkedByAxe("start");
    return { status: await status(), version: await $("version").textContent() };
  },

  // Nothing but the keyboard: the link that skips, the example, a change, its verdict.
  async keyboard() {
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement.className);
    const pressed = async (id) => {
      for (let n = 0; n < 60; n += 1) {
        if (await page.evaluate((one) => document.activeElement.id === one, `page-${id}`)) break;
        await page.keyboard.press("Tab");
      }
      const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      return ring;
    };
    const rings = [await pressed("example")];
    await timed("first check", async () => {
      await page.keyboard.press("Enter");
      await answered();
    });
    const before = await status();
    await picture("answer");
    rings.push(await pressed("duration"));
    await timed("next check", async () => {
      await page.keyboard.type("48");
      await page.keyboard.press("Tab");
      await page.waitForFunction(() => /48/.test(document.querySelector("#page-answer").textContent));
    });
    await $("duration").fill("");
    await $("grant").fill("much");
    await $("total").focus();
    await page.waitForFunction(() => document.querySelector("#page-grant-wrong").textContent);
    const wrong = await $("grant-wrong").textContent();
    await $("grant").fill("");
    await $("total").focus();
    await page.waitForFunction(() => !document.querySelector("#page-grant-wrong").textContent);
    rings.push(await pressed("advice"));
    await page.keyboard.press("Enter");
    await says("Eligible");
    return { first, before, rings, wrong, after: await status(), verdict: await verdict() };
  },

  async whatIf() {
    const tried = () => page.locator("#page-changes bdi").allTextContents();
    await $("undo-all").click();
    await says("Not eligible");
    const found = { lines: [] };
    await chosen([given.eligible], { lot: "innovation" });
    for (const [verb, values] of given.changes) {
      await $("verb").selectOption(verb);
      for (const [id, value] of Object.entries(values)) await $(id).selectOption(value);
      const before = (await tried()).length;
      await page.locator("#page-what-if button[type=submit]").click();
      await page.waitForFunction(
        (n) => document.querySelectorAll("#page-changes li").length > n,
        before,
      );
      found.lines.push(await status());
    }
    found.tried = await tried();
    found.before = await $("before").textContent();
    found.with = await $("with").textContent();
    found.json = await text(() => page.click("[data-format=json]"));
    await picture("what-if");
    await checkedByAxe("what-if");
    await page.locator("#page-changes button").first().click();
    await page.waitForFunction(
      (n) => document.querySelectorAll("#page-changes li").length === n,
      given.changes.length - 1,
    );
    found.left = (await tried()).length;
    return found;
  },

  async files() {
    for (const { path, name, options } of given.files) {
      await chosen([path], options);
      seen.json[name] = await text(() => page.click("[data-format=json]"));
    }
  },

  async downloads() {
    await chosen([given.example], { lot: "innovation" });
    const html = await text(() => page.click("[data-format=html]"));
    let book, template;
    await timed("first workbook", async () => {
      book = await downloaded(() => page.click("[data-format=xlsx]"));
    });
    template = await downloaded(() => page.locator("#page-templates button").last().click());
    return { html, book, template, status: await status() };
  },

  async two() {
    await chosen(given.two, { lot: "innovation" });
    const found = { status: await status(), rows: await page.locator(".overview tbody tr").count() };
    found.json = await text(() => page.click("[data-format=json]"));
    found.whatIf = await $("what-if").isVisible();
    await picture("two");
    await checkedByAxe("two");
    await $("view").selectOption({ index: 2 });
    await says(":");
    await page.waitForFunction(() => !document.querySelector(".overview"));
    found.one = await status();
    found.alone = await text(() => page.click("[data-format=json]"));
    return found;
  },

  async dropped() {
    await cleared();
    const data = await page.evaluateHandle(
      ([name, content]) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
        return transfer;
      },
      [given.dropped.name, given.dropped.content],
    );
    await page.dispatchEvent("body", "dragover", { dataTransfer: data });
    const over = await page.evaluate(() => document.body.classList.contains("over"));
    await page.dispatchEvent("body", "drop", { dataTransfer: data });
    await answered();
    return { over, status: await status() };
  },

  async pasted() {
    await cleared();
    await page.evaluate(() => (document.querySelector("#page-form details").open = true));
    await $("lot").selectOption("innovation");
    await $("paste").fill(given.pasted);
    await $("paste-check").click();
    await answered();
    return { status: await status() };
  },

  async asked() {
    await chosen([given.undecided.path], given.undecided.options);
    await page.waitForFunction(() => document.querySelector("#page-questions").textContent);
    await picture("asked", true);
    await checkedByAxe("asked");
    return { questions: await $("questions").textContent() };
  },

  async language() {
    await $("duration").fill("30");
    await $("language").selectOption("nb");
    await says("Uavklart");
    await page.waitForFunction(() => document.querySelector("#page-answer [lang=nb]"));
    await page.waitForFunction(() => document.querySelector("#page-questions").textContent);
    const found = {
      lang: await page.evaluate(() => document.documentElement.lang),
      title: await page.title(),
      duration: await $("duration").inputValue(),
      text: await page.locator("body").innerText(),
    };
    await picture("nb");
    await checkedByAxe("nb");
    await page.emulateMedia({ colorScheme: "dark" });
    await picture("dark");
    await checkedByAxe("dark");
    await page.setViewportSize({ width: 380, height: 1000 });
    await picture("phone-dark");
    await page.emulateMedia({ colorScheme: "light" });
    await picture("phone", true);
    await checkedByAxe("phone");
    await cleared();
    await picture("phone-start", true);
    await checkedByAxe("phone-start");
    await page.setViewportSize({ width: 1280, height: 1000 });
    await $("language").selectOption("en");
    await $("duration").fill("");
    return found;
  },

  async hostile() {
    const found = {};
    for (const path of given.hostile) {
      await chosen([path, given.example], { lot: "innovation" });
      const words = page.locator("#page-list .word");
      found[path] = { words: await words.allTextContents(), text: await $("answer").innerText() };
    }
    return found;
  },

  // A worker in which the next check fails as no Python program can fail, then one that hangs.
  async broken() {
    await chosen([given.example], { lot: "innovation", call: "2023" });
    const spoil = (how) =>
      page.workers()[0].evaluate((way) => {
        JSON.parse = () => {
          while (way === "hang");
          throw new RangeError("out of bounds");
        };
      }, how);
    await $("total").fill("2m");
    await spoil("break");
    await $("files").setInputFiles([given.eligible]);
    await page.waitForFunction(() => document.querySelector("#page-list .word.failure"));
    await answered(2);
    const found = {
      words: await page.locator("#page-list .word").allTextContents(),
      typed: [await $("call").inputValue(), await $("total").inputValue()],
      text: await $("answer").innerText(),
    };
    await $("total").fill("");
    await chosen([given.example], { lot: "innovation", call: "2023" });
    await spoil("hang").catch(() => {});
    await $("call").selectOption("2026");
    await $("stop").click();
    await ready();
    found.stopped = await status();
    await $("again").click();
    await says("Not eligible");
    found.again = await status();
    return found;
  },

  // What the policy says, tried: neither the page nor Python's worker reaches another address.
  async policy() {
    const tried = (address) => fetch(address).then(String, String);
    const found = {
      page: await page.evaluate(tried, foreign),
      worker: await page.workers()[0].evaluate(tried, foreign),
    };
    await page.evaluate(() => {
      const made = document.createElement("script");
      made.textContent = "window.ran = true";
      document.body.append(made);
    });
    found.ran = await page.evaluate(() => window.ran ?? false);
    found.elsewhere = elsewhere;
    return found;
  },

  async offline() {
    await $("offline").waitFor();
    await server.stop();
    const found = {};
    found.gone = await fetch(base).then(String, () => "gone");
    await timed("second visit, offline", async () => {
      await page.reload();
      await ready();
    });
    await page.click("#page-example");
    await answered();
    found.status = await status();
    found.book = await downloaded(() => page.click("[data-format=xlsx]"));
    return found;
  },

  async update() {
    const found = { before: await $("version").textContent() };
    renameSync(`${given.web}/${given.path}`, `${given.web}/old`);
    renameSync(given.newer, `${given.web}/${given.path}`);
    server = await served(server.port);
    await page.reload();
    await ready();
    found.still = await $("version").textContent();
    await $("update").waitFor();
    await picture("update");
    await Promise.all([page.waitForEvent("load"), page.click("#page-update button")]);
    await ready();
    found.after = await $("version").textContent();
    found.caches = await page.evaluate(() => caches.keys());
    return found;
  },
};

let current = "";
try {
  for (const [name, step] of Object.entries(STEPS)) {
    if (given.only && !given.only.includes(name)) continue;
    current = name;
    const from = performance.now();
    seen.steps[name] = await step();
    seen.times[`step ${name}`] = Math.round(performance.now() - from);
  }
  seen.requests = requests;
  seen.base = base;
  console.log(JSON.stringify(seen));
} catch (error) {
  await picture("failed").catch(() => {});
  const said = await status().catch(() => "");
  console.error(`${current}: ${error.stack}\nstatus: ${said}\n${seen.messages.join("\n")}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await server.stop();
  other.close();
}
