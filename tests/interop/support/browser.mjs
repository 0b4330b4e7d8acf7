// A headless Chromium, driven over its DevTools protocol: pages that run expressions and take pictures.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

const startTimeout = 60_000; // its first start on a loaded machine takes long

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0"];

/** One DevTools connection: commands out, events in. */
class Connection {
  #socket;
  #next = 1;
  #pending = new Map();
  #listeners = [];

  static async open(url) {
    const connection = new Connection();
    connection.#socket = new WebSocket(url, { perMessageDeflate: false });
    await new Promise((resolve, reject) => {
      connection.#socket.once("open", resolve);
      connection.#socket.once("error", reject);
    });
    connection.#socket.on("message", (data) => connection.#onMessage(JSON.parse(data)));
    return connection;
  }

  #onMessage({ id, result, error, method, params, sessionId }) {
    if (id === undefined) {
      for (const listener of this.#listeners) listener(method, params, sessionId);
      return;
    }
    const { resolve, reject } = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  }

  onEvent(listener) {
    this.#listeners.push(listener);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  close() {
    this.#socket.terminate();
  }
}

/** One tab. `errors` collects uncaught exceptions, console errors and refused loads. */
class Page {
  errors = [];
  #connection;
  #session;

  constructor(connection, session) {
    this.#connection = connection;
    this.#session = session;
    connection.onEvent((method, params, sessionId) => {
      if (sessionId !== session) return;
      if (method === "Runtime.exceptionThrown") this.errors.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      if (method === "Log.entryAdded" && params.entry.level === "error") this.errors.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    });
  }

  command(method, params) {
    return this.#connection.send(method, params, this.#session);
  }

  async open(url) {
    await this.command("Page.navigate", { url });
  }

  /** The value of an expression in the page; promises are awaited. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.command("Runtime.evaluate", {
      expression, awaitPromise: true, returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until an expression is true in the page. */
  async until(expression, timeout = 20_000) {
    const deadline = Date.now() + timeout;
    for (;;) {
      // A page that is being loaded has nothing to ask yet.
      if (await this.evaluate(`Boolean(${expression})`).catch(() => false)) return;
      if (Date.now() > deadline) {
        const body = await this.evaluate("document.body.innerText").catch((error) => error.message);
        throw new Error(`not within ${timeout} ms: ${expression}\n${body}\n${this.errors.join("\n")}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Types into the focused element, as a keyboard does. */
  type(text) {
    return this.command("Input.insertText", { text });
  }

  async press(key) {
    const event = { key, code: key, windowsVirtualKeyCode: key === "Enter" ? 13 : 0, text: key === "Enter" ? "\r" : undefined };
    await this.command("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await this.command("Input.dispatchKeyEvent", { type: "keyUp", ...event, text: undefined });
  }

  async screenshot() {
    const { data } = await this.command("Page.captureScreenshot", { format: "png" });
    return Buffer.from(data, "base64");
  }
}

/** In `home`, where Chromium looks for whom it trusts besides those it knows. */
function trust(home, authority) {
  const store = join(home, ".pki", "nssdb");
  mkdirSync(store, { recursive: true });
  const certutil = (...args) => execFileSync("certutil", ["-d", `sql:${store}`, ...args], { stdio: "pipe" });
  certutil("-N", "--empty-password");
  certutil("-A", "-n", "test", "-t", "C,,", "-i", authority);
}

/** `authority`: the file of a certificate that it trusts to sign those of servers. */
export async function startBrowser(program = "chromium", { authority } = {}) {
  const profile = mkdtempSync(join(tmpdir(), "dialogue-browser-"));
  const env = { ...process.env };
  if (authority) {
    trust(profile, authority);
    env.HOME = profile;
  }
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"], env });
  let output = "";
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${program} did not start:\n${output}`)), startTimeout);
    child.on("error", (error) => reject(new Error(`${program}: ${error.message}`)));
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${output}`)));
    child.stderr.on("data", (chunk) => {
      output += chunk;
      const match = /DevTools listening on (\S+)/.exec(output);
      if (!match) return;
      clearTimeout(timer);
      resolve(match[1]);
    });
  });
  const connection = await Connection.open(url);
  return {
    async newPage() {
      const { targetId } = await connection.send("Target.createTarget", { url: "about:blank" });
      const { sessionId } = await connection.send("Target.attachToTarget", { targetId, flatten: true });
      const page = new Page(connection, sessionId);
      for (const domain of ["Page", "Runtime", "Log"]) await page.command(`${domain}.enable`);
      return page;
    },
    async stop() {
      const gone = new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));
      await connection.send("Browser.close").catch(() => {});
      const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(killer);
      connection.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
