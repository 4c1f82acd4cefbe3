// Python in a thread of its own: the page stays awake, and can end it when a sheet breaks it.
//
// Each message has a task and an id; the reply has the same id. Sheets and options come with every
// message, so that a worker that takes the place of a broken one needs to know nothing.

const here = new URL(".", import.meta.url);
let python;

function tell(message) {
  self.postMessage(message);
}

// Pyodide fetches its parts itself; whoever waits wants to see how much has come.
function counting(plain, heard) {
  return async (...given) => {
    const response = await plain(...given);
    if (!response.ok || !response.body) return response;
    const counter = new TransformStream({
      transform(chunk, further) {
        heard(chunk.byteLength);
        further.enqueue(chunk);
      },
    });
    const { status, headers } = response;
    return new Response(response.body.pipeThrough(counter), { status, headers });
  };
}

const TASKS = {
  async start({ pyodide }) {
    let come = 0;
    const plain = self.fetch;
    self.fetch = counting(plain.bind(self), (bytes) => {
      come += bytes;
      tell({ come });
    });
    const { loadPyodide } = await import(new URL(`${pyodide}pyodide.mjs`, here));
    python = await loadPyodide({
      indexURL: new URL(pyodide, here).href,
      lockFileURL: new URL("packages.json", here).href,
      packages: ["alliance-check"],
      stdout: () => {},
      stderr: () => {},
    });
    self.fetch = plain;
    tell({ stage: "warming" });
    const example = new Uint8Array(await (await fetch(new URL("example.xlsx", here))).arrayBuffer());
    const sheet = { name: "example.xlsx", size: example.length, content: example };
    TASKS.answer({ request: { lot: "innovation" }, sheets: [sheet] });
  },

  answer({ request, sheets, id }) {
    const { answer } = python.pyimport("alliance_check.page.answer");
    const at = (place) => tell({ id, at: place });
    return JSON.parse(withSheets(sheets, (given) => answer(JSON.stringify(request), given, at)));
  },

  questions({ request, sheets }) {
    const { questions } = python.pyimport("alliance_check.page.answer");
    return withSheets(sheets, (given) => questions(JSON.stringify(request), given));
  },

  async report({ form, request, sheets }) {
    if (form === "xlsx") await python.loadPackage("openpyxl");
    const { report_file: make } = python.pyimport("alliance_check.page.files");
    return withSheets(sheets, (given) => bytes(make(form, JSON.stringify(request), given)));
  },

  async template({ lot, call, request }) {
    await python.loadPackage("openpyxl");
    const { template_file: make } = python.pyimport("alliance_check.page.files");
    return bytes(make(lot, call, JSON.stringify(request)));
  },
};

function withSheets(sheets, use) {
  const given = python.toPy(sheets);
  try {
    return use(given);
  } finally {
    given.destroy();
  }
}

function bytes(made) {
  const copy = made.toJs();
  made.destroy();
  return copy;
}

self.onmessage = async ({ data }) => {
  try {
    tell({ id: data.id, value: await TASKS[data.task](data) });
  } catch (error) {
    // An error that Python raised leaves it as it was; after any other nothing is sure.
    const raised = error?.name === "PythonError";
    const reason = raised ? String(error.message).trim().split("\n").pop() : String(error);
    tell({ id: data.id, error: reason, broken: !raised });
  }
};
