// A real provider of OpenID Connect to sign in at: that of tests/openid.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../openid/start.sh", import.meta.url));

/** Starts it; its address, and how to end it. Without an address it could not be installed, and said so. */
export async function provider() {
  const child = spawn(script, { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const issuer = await new Promise((told) => {
    lines.once("line", told);
    child.once("exit", () => told(undefined));
  });
  return { issuer, close: () => child.stdin.end() };
}

/** The secret that it gave us. */
export const secret = "a secret: of+tests/&more%";
