// A small identity provider, as OpenID Connect has them: a page to sign in at, the authorization code flow with PKCE
// (RFC 7636), access tokens as JWTs (RFC 9068), refresh tokens that are good once, and its keys as a JWK Set; over HTTPS.
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:https";
import * as jose from "jose";

const random = () => randomBytes(24).toString("base64url");

export class IdentityProvider {
  /** By name: {password, roles, disabled}. */
  users = {};
  /** Of its access tokens, in seconds. */
  lifetime = 3600;
  /** How often it was asked, by path. */
  asked = {};
  #keys = [];
  #codes = new Map();
  #refreshTokens = new Map();
  #server;

  constructor({ key, cert, audience, redirectUri }) {
    Object.assign(this, { audience, redirectUri });
    this.rotate();
    this.#server = createServer({ key, cert }, (request, response) => this.#answer(request, response).catch((error) => {
      response.writeHead(500).end(error.message);
    }));
  }

  async start() {
    await new Promise((resolve) => { this.#server.listen(0, "127.0.0.1", resolve); });
    this.issuer = `https://localhost:${this.#server.address().port}`;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** From now on it signs with a new key. The one from before stays in the set for as long as its tokens. */
  rotate() {
    this.#keys = [{ id: random(), pair: generateKeyPairSync("rsa", { modulusLength: 2048 }) }, ...this.#keys].slice(0, 2);
  }

  /** As who has the password gets it. */
  async tokensFor(user) {
    const [{ id, pair }] = this.#keys;
    const token = await new jose.SignJWT({ realm_access: { roles: this.users[user].roles }, name: user })
      .setProtectedHeader({ alg: "RS256", kid: id, typ: "at+jwt" }).setSubject(user).setIssuer(this.issuer)
      .setAudience(this.audience).setIssuedAt().setExpirationTime(`${this.lifetime}s`).sign(pair.privateKey);
    const refresh = random();
    this.#refreshTokens.set(refresh, user);
    return { access_token: token, token_type: "Bearer", expires_in: this.lifetime, refresh_token: refresh };
  }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.issuer);
    this.asked[pathname] = (this.asked[pathname] ?? 0) + 1;
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    response.setHeader("Access-Control-Allow-Origin", "*");
    const json = (status, value) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
    if (pathname === "/jwks.json") {
      const keys = await Promise.all(this.#keys.map(async ({ id, pair }) => (
        { ...(await jose.exportJWK(pair.publicKey)), kid: id, use: "sig", alg: "RS256" })));
      return json(200, { keys });
    }
    if (pathname === "/authorize" && request.method === "GET") {
      if (searchParams.get("redirect_uri") !== this.redirectUri) return json(400, { error: "invalid_request" });
      return response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Sign in</title><link rel="icon" href="data:,">
        <form method="post"><input name="user" id="user"><input name="password" id="password" type="password"><button id="go">Sign in</button></form>`);
    }
    if (pathname === "/authorize") {
      const user = this.users[form.get("user")];
      if (!user || user.disabled || user.password !== form.get("password")) return json(403, { error: "access_denied" });
      const code = random();
      this.#codes.set(code, { user: form.get("user"), challenge: searchParams.get("code_challenge") });
      const query = new URLSearchParams({ code, state: searchParams.get("state") });
      return response.writeHead(302, { Location: `${this.redirectUri}?${query}` }).end();
    }
    if (pathname === "/token") {
      let user;
      if (form.get("grant_type") === "authorization_code") {
        const known = this.#codes.get(form.get("code"));
        this.#codes.delete(form.get("code"));
        const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
        if (known?.challenge === challenge) user = known.user;
      } else {
        user = this.#refreshTokens.get(form.get("refresh_token"));
        this.#refreshTokens.delete(form.get("refresh_token"));
      }
      if (!user || this.users[user].disabled) return json(400, { error: "invalid_grant" });
      return json(200, await this.tokensFor(user));
    }
    return json(404, { error: "not_found" });
  }
}
