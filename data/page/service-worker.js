// Keeps the whole page, so that it works without a connection after the first visit.
//
// The names of all files but the first page change with what is in them; so what an older version
// kept under the same name is the same, and is not fetched again.

const SITE = {}; // data.making.page writes the build and the files here
const scope = self.registration.scope;
const mine = `alliance-check ${scope} `;
const name = mine + SITE.build;

async function kept(file) {
  const url = new URL(file, scope).href;
  const same = file === "./" ? undefined : await caches.match(url);
  const response = same ?? (await fetch(url, { cache: file === "./" ? "no-cache" : "default" }));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return [url, response];
}

async function install() {
  const cache = await caches.open(name);
  for (const file of SITE.files) await cache.put(...(await kept(file)));
}

async function activate() {
  for (const other of await caches.keys())
    if (other.startsWith(mine) && other !== name) await caches.delete(other);
  await self.clients.claim();
}

async function answered(request) {
  const url = new URL(request.url);
  const own = `${url.origin}${url.pathname}`;
  const cache = await caches.open(name);
  return (await cache.match(own === `${scope}index.html` ? scope : own)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => data === "use" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(scope)) event.respondWith(answered(event.request));
});
