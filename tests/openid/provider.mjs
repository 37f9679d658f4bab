// A provider of OpenID Connect for tests: the real thing, with people who need no password. Whoever types a name is it.
//
// Prints its address, and ends when its standard input does.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), kid: "first", use: "sig", alg: "RS256" };
// What must be escaped on its way, so that it is.
const client_secret = "a secret: of+tests/&more%";

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  jwks: { keys: [key] },
  cookies: { keys: [randomBytes(16).toString("hex")] },
  clients: [
    { client_id: "kronika", client_secret, redirect_uris: ["https://kronika.example/sign-in/openid/sso/callback"] },
    // Of one that runs on this machine, whatever its port.
    { client_id: "here", client_secret, application_type: "native", redirect_uris: ["http://localhost/sign-in/openid/sso/callback"] },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["preferred_username"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@office.example`, email_verified: true, preferred_username: id }),
  }),
  // Nobody is asked whether the archive may know who they are.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

const page = (uid) => `<!doctype html><html lang="en"><title>Provider</title>
<form action="/interaction/${uid}" method="post"><label>Name <input name="name" required></label><button>Sign in</button></form>
<a href="/interaction/${uid}/cancel">Cancel</a>`;

async function interact(request, response, [, , uid, cancel]) {
  if (cancel) {
    return provider.interactionFinished(request, response, { error: "access_denied" }, { mergeWithLastSubmission: false });
  }
  const { prompt } = await provider.interactionDetails(request, response);
  if (prompt.name === "consent") {
    return provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true });
  }
  if (request.method === "GET") {
    response.setHeader("content-type", "text/html; charset=utf-8");
    return response.end(page(uid));
  }
  let body = "";
  for await (const some of request) body += some;
  const accountId = new URLSearchParams(body).get("name");
  return provider.interactionFinished(request, response, { login: { accountId } }, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
server.on("request", (request, response) => {
  const parts = new URL(request.url, issuer).pathname.split("/");
  if (parts[1] === "favicon.ico") return response.writeHead(204).end();
  if (parts[1] !== "interaction") return answer(request, response);
  return interact(request, response, parts).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
});

// Nobody reads on after the address.
process.stdout.on("error", () => {});
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
console.log(issuer);
