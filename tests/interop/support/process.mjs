// Starts the program under test on a port the system chooses, and stops it again.
import { spawn } from "node:child_process";
import { once } from "node:events";

const startTimeout = 20_000;

const running = new Set();

/** Whoever ends this process from outside, in the middle of what it does, ends what it has started too. */
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
  process.once(signal, () => {
    for (const child of running) child.kill("SIGKILL");
    process.kill(process.pid, signal); // As if nobody had caught it.
  });
}

/** The path in the environment variable, or a failure that says what to do. */
export function programFromEnvironment(variable) {
  const path = process.env[variable];
  if (!path) {
    throw new Error(`${variable} is not set. Run the tests with ctest, or set it to the program's path.`);
  }
  return path;
}

/**
 * Spawns `program` and resolves once it has printed where it listens ("http://127.0.0.1:43210").
 * The result has port, url, pid, output() and stop(). `stdin`: "pipe" is closed when this process ends, however it does.
 */
export async function startProgram(program, args, { env = {}, stdin = "ignore" } = {}) {
  const child = spawn(program, args, { stdio: [stdin, "pipe", "pipe"], env: { ...process.env, ...env } });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let output = "";
  const port = await new Promise((resolve, reject) => {
    const fail = (why) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(`${program} ${args.join(" ")}: ${why}\n${output}`));
    };
    const timer = setTimeout(() => fail(`no port printed within ${startTimeout} ms`), startTimeout);
    const onData = (chunk) => {
      output = (output + chunk).slice(-65536);
      const match = /(?::|port )(\d{4,5})\b/i.exec(output);
      if (match) {
        clearTimeout(timer);
        resolve(Number(match[1]));
      }
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code, signal) => fail(`ended at once with ${signal ?? code}`));
  });
  return {
    port,
    pid: child.pid,
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    /** Asks it to end; answers its exit code, or the signal it died of. */
    async stop(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        child.kill(signal);
        const killer = setTimeout(() => child.kill("SIGKILL"), 15_000);
        await ended;
        clearTimeout(killer);
      }
      return child.exitCode ?? child.signalCode;
    },
  };
}

/** Options for the number of io workers, where the environment (DIALOGUE_WORKERS) asks for one. */
export const workerOptions = () => (process.env.DIALOGUE_WORKERS ? ["--workers", process.env.DIALOGUE_WORKERS] : []);

/** The same for what its sockets are made of (DIALOGUE_TRANSPORT), which the conformance server is told. */
const transportOptions = () => (process.env.DIALOGUE_TRANSPORT ? ["--transport", process.env.DIALOGUE_TRANSPORT] : []);

/** In ms, the numbers of the official suites. A client that is to stay needs more time than that on a loaded machine. */
export const suiteNumbers = { pingInterval: 300, pingTimeout: 200, connectTimeout: 1000 };

/** Options of the conformance server; what is not given has its default, which is patient. */
export function conformanceOptions({ pingInterval, pingTimeout, connectTimeout }) {
  const options = { "--ping-interval": pingInterval, "--ping-timeout": pingTimeout, "--connect-timeout": connectTimeout };
  return Object.entries(options).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]).flat();
}

/** The conformance server for "engineio" or "socketio". */
export function startConformanceServer(protocol, numbers = {}) {
  const program = programFromEnvironment("DIALOGUE_CONFORMANCE_SERVER");
  return startProgram(program, ["--protocol", protocol, "--port", "0", ...conformanceOptions(numbers), ...workerOptions(), ...transportOptions()]);
}
