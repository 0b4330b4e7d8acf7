// nginx, haproxy and Caddy on the configuration files of examples/deployment, changed in nothing but ports and paths.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const examples = join(dirname(fileURLToPath(import.meta.url)), "../../../examples/deployment");
const startTimeout = 20_000;

export const example = (name) => readFileSync(join(examples, name), "utf8");

/** A port that is free now; proxies cannot be asked which they took. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A key and a certificate for localhost: {folder, crt, key, pem}; remove() at the end. */
export function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "dialogue-certificate-"));
  const [crt, key, pem] = ["crt", "key", "pem"].map((end) => join(folder, `chat.example.org.${end}`));
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", crt], { stdio: "pipe" });
  writeFileSync(pem, readFileSync(crt, "utf8") + readFileSync(key, "utf8"));
  return { crt, key, pem, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Replaces each of `changes` in `text`, where each must stand. */
export function changed(text, changes) {
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${from} does not stand in:\n${text}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const kinds = {
  nginx: {
    // A configuration for http {} needs one around it; nothing of the system's is touched.
    file: (text, folder) => `daemon off; master_process off; pid ${folder}/pid; error_log stderr;\nworker_rlimit_nofile 8192;\n`
      + `events { worker_connections 4096; }\nhttp {\naccess_log off;\n`
      + ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};\n`).join("") + `${text}\n}\n`,
    command: (file) => ["nginx", ["-c", file, "-e", "stderr"]],
    listens: ["listen ", "listen 127.0.0.1:"],
  },
  haproxy: {
    file: (text) => text,
    command: (file) => ["haproxy", ["-db", "-f", file]],
    listens: ["bind :", "bind 127.0.0.1:"],
  },
  caddy: {
    file: (text) => `{\n\tadmin off\n\tauto_https off\n}\n${text}`,
    command: (file) => ["caddy", ["run", "--adapter", "caddyfile", "--config", file]],
    listens: null,
  },
};

/** What stands for the port in the example, and what has to in the test. */
function portChange(kind, text, port, secure) {
  if (kind === "caddy") {
    const [site] = /^https?:\/\/\S+(?= \{)/m.exec(text);
    return [site, `${secure ? "https" : "http"}://127.0.0.1:${port}, ${secure ? "https" : "http"}://localhost:${port}`];
  }
  const [before, after] = kinds[kind].listens;
  const number = secure ? "443" : "80";
  return [before + number, `${after}${port}`];
}

/**
 * Starts the proxy `kind` on the example `name`, in front of `upstream` ("127.0.0.1:3000" in the example, or what
 * `from` says). The result has url, port, output() and stop().
 */
export async function startProxy(kind, name, upstream, { certificate = null, from = "127.0.0.1:3000", edits = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), `dialogue-${kind}-`));
  const port = await freePort();
  const text = example(`${kind}/${name}`);
  const changes = [[from, upstream], portChange(kind, text, port, certificate !== null), ...edits];
  for (const end of ["crt", "key", "pem"]) {
    const there = `/etc/ssl/chat.example.org.${end}`;
    if (certificate && text.includes(there)) changes.push([there, certificate[end]]);
  }
  const file = join(folder, "proxy.conf");
  writeFileSync(file, kinds[kind].file(changed(text, changes), folder));
  const [program, args] = kinds[kind].command(file);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
  let output = "";
  let ended = false;
  const gone = new Promise((resolve) => {
    child.once("error", (error) => { output += error.message; ended = true; resolve(); });
    child.once("exit", () => { ended = true; resolve(); });
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => { output = (output + chunk).slice(-65536); });
  const proxy = {
    port,
    url: `${certificate ? "https" : "http"}://localhost:${port}`,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(killer);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const deadline = Date.now() + startTimeout;
  while (!(await accepts(port))) {
    if (!ended && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    await proxy.stop();
    throw new Error(`${program} on ${kind}/${name} takes no connections (is ${kind} installed?):\n${output}`);
  }
  return proxy;
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => { socket.destroy(); resolve(true); });
    socket.once("error", () => resolve(false));
  });
}
