// Tokens made by other libraries: jose, jsonwebtoken and python3-jwt; and clients that bring them in every way there is.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import * as jose from "jose";
import jsonwebtoken from "jsonwebtoken";
import { RecordingClient, startDialogueServer } from "./support/dialogue.mjs";

const issuer = "https://id.example.org";
const page = "https://app.example.org";
const secret = randomBytes(64);
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const curves = {
  ES256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  ES384: generateKeyPairSync("ec", { namedCurve: "P-384" }),
};
const rotating = [1, 2].map((n) => ({ id: `r${n}`, pair: generateKeyPairSync("rsa", { modulusLength: 2048 }) }));
const algorithms = ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"];
const pem = (key, type) => key.export({ format: "pem", type });
const pairOf = (algorithm) => curves[algorithm] ?? rsa;

let folder;
let server;
const file = (name, content) => {
  writeFileSync(join(folder, `${name}.new`), content);
  renameSync(join(folder, `${name}.new`), join(folder, name));
  return join(folder, name);
};

/** Only the keys that can check. */
const jwks = async (keys) => JSON.stringify({
  keys: await Promise.all(keys.map(async ({ id, pair }) => ({ ...(await jose.exportJWK(pair.publicKey)), kid: id, use: "sig", alg: "RS256" }))),
});

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "dialogue-tokens-"));
  const keyOf = (algorithm) => (algorithm.startsWith("HS")
    ? { algorithm, id: algorithm, secretFile: file("secret", secret) }
    : { algorithm, id: algorithm, file: file(`${algorithm}.pem`, pem(pairOf(algorithm).publicKey, "spki")) });
  server = await startDialogueServer({
    auth: {
      jwt: {
        keys: algorithms.map(keyOf),
        jwks: { file: file("jwks.json", await jwks(rotating.slice(0, 1))), algorithms: ["RS256"] },
        issuer,
        audience: "chat",
        metaClaims: ["name"],
        cookie: "session",
      },
    },
    cors: { origins: [page] },
  });
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const claims = { name: "Ann", roles: ["member"] };

function byJose(algorithm, { kid = algorithm, pair = pairOf(algorithm), said = claims, expires = "1h" } = {}) {
  return new jose.SignJWT(said).setProtectedHeader({ alg: algorithm, kid, typ: "JWT" }).setSubject("ann").setIssuer(issuer)
    .setAudience(["shop", "chat"]).setIssuedAt().setExpirationTime(expires)
    .sign(algorithm.startsWith("HS") ? secret : pair.privateKey);
}

const byJsonWebToken = (algorithm) => jsonwebtoken.sign(claims, algorithm.startsWith("HS") ? secret : pem(pairOf(algorithm).privateKey, "pkcs8"),
  { algorithm, keyid: algorithm, subject: "ann", issuer, audience: "chat", expiresIn: "1h" });

function byPython(algorithm) {
  const key = algorithm.startsWith("HS") ? secret.toString("base64") : pem(pairOf(algorithm).privateKey, "pkcs8");
  return execFileSync("/usr/bin/python3", ["-c", `
import base64, json, sys, time, jwt
asked = json.load(sys.stdin)
key = base64.b64decode(asked["key"]) if asked["algorithm"].startswith("HS") else asked["key"]
claims = {"sub": "ann", "iss": asked["issuer"], "aud": "chat", "iat": int(time.time()), "exp": int(time.time()) + 3600, **asked["claims"]}
print(jwt.encode(claims, key, algorithm=asked["algorithm"], headers={"kid": asked["algorithm"]}))
`], { input: JSON.stringify({ algorithm, key, issuer, claims }), encoding: "utf8" }).trim();
}

async function connect(options) {
  const client = new RecordingClient(server.url, options);
  try {
    return await Promise.race([
      client.next("dialogue:connected"),
      client.next("connect_error").then((error) => { throw Object.assign(new Error(error.message), { code: error.data?.code }); }),
    ]);
  } finally {
    client.close();
  }
}

const accepts = async (token) => assert.equal((await connect({ auth: { token } })).userId, "ann");
const refuses = (options, code = "UNAUTHORIZED") => assert.rejects(connect(options), (error) => error.code === code || error);

for (const [library, make] of [["jose", byJose], ["jsonwebtoken", byJsonWebToken], ["python3-jwt", byPython]]) {
  describe(`a token of ${library}`, () => {
    for (const algorithm of algorithms) it(`is accepted with ${algorithm}`, async () => accepts(await make(algorithm)));
  });
}

describe("a token", () => {
  it("is refused when it has expired, with a code of its own", async () => {
    await refuses({ auth: { token: await byJose("RS256", { expires: "1 minute ago" }) } }, "TOKEN_EXPIRED");
  });

  it("is refused when another key has signed it", async () => {
    await refuses({ auth: { token: await byJose("RS256", { pair: rotating[1].pair }) } });
  });

  it("is refused when the public key was its secret", async () => {
    const input = [{ alg: "HS256", kid: "HS256" }, { ...claims, sub: "ann", iss: issuer, aud: "chat", exp: 4e9 }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const key = pem(rsa.publicKey, "spki");
    await refuses({ auth: { token: `${input}.${createHmac("sha256", key).update(input).digest("base64url")}` } });
  });

  it("is refused when nobody has signed it", async () => {
    await refuses({ auth: { token: new jose.UnsecuredJWT({ ...claims, sub: "ann" }).setIssuer(issuer).setAudience("chat").setExpirationTime("1h").encode() } });
  });

  it("is refused when it brings its own key", async () => {
    const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const token = await new jose.SignJWT({ ...claims, sub: "ann" }).setIssuer(issuer).setAudience("chat").setExpirationTime("1h")
      .setProtectedHeader({ alg: "RS256", jwk: await jose.exportJWK(own.publicKey) }).sign(own.privateKey);
    await refuses({ auth: { token } });
  });

  it("does not become a name", async () => {
    await refuses({ auth: { token: "ann" } });
    await refuses({ auth: { userId: "ann" } });
    await refuses({});
  });
});

describe("a client brings it", () => {
  for (const transport of ["websocket", "polling"]) {
    const by = (headers) => ({ transports: [transport], extraHeaders: headers });
    it(`as Authorization: Bearer over ${transport}`, async () => {
      const token = await byJose("ES256");
      assert.equal((await connect(by({ Authorization: `Bearer ${token}` }))).userId, "ann");
      await refuses(by({ Authorization: `Bearer ${token}x` }));
    });

    it(`in a cookie of a page that is known over ${transport}`, async () => {
      const Cookie = `a=b; session=${await byJose("ES256")}`;
      assert.equal((await connect(by({ Cookie, Origin: page }))).userId, "ann");
      await refuses(by({ Cookie }));
      await assert.rejects(connect(by({ Cookie, Origin: "https://evil.example.org" })));
      const own = by({ Cookie, "Sec-Fetch-Site": "same-origin" });
      if (transport === "polling") assert.equal((await connect(own)).userId, "ann");
      else await refuses(own);
      await refuses(by({ Cookie, "Sec-Fetch-Site": "cross-site" }));
    });
  }
});

describe("a JWK Set that changes", () => {
  const of = (each) => byJose("RS256", { kid: each.id, pair: each.pair });
  const eventually = async (attempt) => {
    for (let left = 100; ; --left) {
      try {
        return await attempt();
      } catch (error) {
        if (left === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };

  it("lets in by the new key, and no longer by the old one; a bad one changes nothing", async () => {
    await accepts(await of(rotating[0]));
    await refuses({ auth: { token: await of(rotating[1]) } });
    file("jwks.json", await jwks(rotating)); // It grows,
    await eventually(async () => accepts(await of(rotating[1])));
    await accepts(await of(rotating[0]));
    file("jwks.json", await jwks(rotating.slice(1))); // and shrinks.
    await eventually(async () => refuses({ auth: { token: await of(rotating[0]) } }));
    await accepts(await of(rotating[1]));
    file("jwks.json", '{"keys": [');
    await eventually(async () => assert.match(server.output(), /those from before stay/));
    await accepts(await of(rotating[1]));
    assert.ok(server.isRunning());
  });
});

describe("the log", () => {
  it("says why, and no secret", async () => {
    const token = await byJose("RS256", { pair: rotating[0].pair });
    await refuses({ auth: { token } });
    assert.match(server.output(), /Refused tokens \d+ times, such as one from 127\.0\.0\.1 - it/);
    for (const word of [token, token.split(".")[2], secret.toString("base64"), "PRIVATE KEY"]) assert.ok(!server.output().includes(word));
  });
});
