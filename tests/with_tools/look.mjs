// What tests/with_tools/browser.py asks of Chromium; the answer is JSON on standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const given = JSON.parse(readFileSync(0, "utf-8"));
const require = createRequire(`${given.home}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");

const WAYS = {
  wide: { width: 1280, colorScheme: "light" },
  dark: { width: 1280, colorScheme: "dark" },
  phone: { width: 380, colorScheme: "light" },
};

async function launched() {
  const quiet = "--disable-gpu --disable-quic --no-first-run --disable-background-networking";
  const more = "--disable-component-update --disable-sync --font-render-hinting=none";
  return chromium.launch({
    executablePath: given.chromium,
    args: ["--no-sandbox", ...quiet.split(" "), ...more.split(" ")],
  });
}

async function look() {
  const browser = await launched();
  const found = [];
  for (const { name, page: file } of given.jobs) {
    const address = pathToFileURL(file).href;
    const page = await browser.newPage();
    const requests = [];
    const messages = [];
    page.on("request", (one) => one.url() === address || requests.push(one.url()));
    page.on("console", (one) => messages.push(one.text()));
    page.on("pageerror", (one) => messages.push(String(one)));
    await page.goto(address);
    const paper = `${given.folder}/${name}.pdf`;
    await page.pdf({ path: paper, preferCSSPageSize: true });
    const pictures = {};
    for (const [way, { width, colorScheme }] of Object.entries(WAYS)) {
      // The upper part, small enough to be kept: verdict, advice, minima and map.
      await page.setViewportSize({ width, height: 1700 });
      await page.emulateMedia({ colorScheme });
      pictures[way] = `${given.folder}/${name}-${way}.jpg`;
      await page.screenshot({ path: pictures[way], type: "jpeg", quality: 50 });
    }
    // Folds are opened, so that what is in them is checked too.
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    await page.evaluate(axe);
    for (const [way, { width, colorScheme }] of Object.entries(WAYS)) {
      await page.setViewportSize({ width, height: 1700 });
      await page.emulateMedia({ colorScheme });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      const checked = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
      const violations = checked.violations.map(
        ({ id, help, nodes }) => `${id}: ${help} ${nodes.map((node) => node.html.slice(0, 200))}`,
      );
      const picture = pictures[way];
      found.push({ name, way, requests, messages, violations, width: wide, picture, paper });
    }
    await page.close();
  }
  await browser.close();
  return found;
}

async function compare() {
  const browser = await launched();
  const page = await browser.newPage();
  const data = given.pictures.map((path) => readFileSync(path).toString("base64"));
  const share = await page.evaluate(async (pictures) => {
    const [first, second] = await Promise.all(
      pictures.map(async (data) => {
        const image = new Image();
        image.src = `data:image/jpeg;base64,${data}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height);
      }),
    );
    if (first.width !== second.width || first.height !== second.height) return 1;
    let differing = 0;
    for (let at = 0; at < first.data.length; at += 4) {
      const apart = [0, 1, 2].map((part) => Math.abs(first.data[at + part] - second.data[at + part]));
      if (Math.max(...apart) > 48) differing += 1;
    }
    return differing / (first.data.length / 4);
  }, data);
  await browser.close();
  return share;
}

console.log(JSON.stringify(await { look, compare }[process.argv[2]]()));
