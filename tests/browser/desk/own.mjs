// A server of one's own, with an archive of one's own, for tests that would be in the others' way.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const password = process.env.KRONIKA_PASSWORD;

export class Own {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "kronika-own-"));
    this.data = join(this.folder, "data");
    writeFileSync(join(this.folder, "password"), password);
    this.run("init", "--owner", "reader-en", "--owner-password-file", join(this.folder, "password"));
  }

  /** Runs a command; what it printed. An import that quarantined something is as good as any. */
  run(command, ...words) {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 };
    try {
      return execFileSync(process.env.KRONIKA_BIN, [command, ...words, "--data", this.data], options);
    } catch (error) {
      if (error.status === 1) return error.stdout;
      throw new Error(error.stderr);
    }
  }

  /** Records messages; each is the bytes of one. */
  record(name, messages) {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    messages.forEach((bytes, n) => writeFileSync(join(folder, `${n}.eml`), bytes));
    this.run("import", folder);
  }

  /** What a search finds, oldest first. */
  found(query) {
    const lines = this.run("search", "--json", "--limit", "5000", query).split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line)).reverse();
  }

  /** Serves the archive; from now on the desk of this file sits at it. */
  async serve() {
    const told = join(this.folder, "address");
    this.server = spawn(process.env.KRONIKA_BIN, ["serve", "--data", this.data, "--listen", "127.0.0.1:0", "--requests-a-minute", "1000000", "--address-file", told], { stdio: "ignore" });
    // Also when the tests are stopped.
    process.once("exit", () => this.server.kill());
    process.once("SIGTERM", () => process.exit(1));
    for (let tries = 0; !existsSync(told) || readFileSync(told, "utf8") === ""; tries += 1) {
      if (this.server.exitCode !== null || tries > 300) throw new Error("the server did not start");
      await pause(100);
    }
    process.env.KRONIKA_ADDRESS = readFileSync(told, "utf8").trim();
  }

  async close() {
    const ended = new Promise((done) => this.server.once("exit", done));
    this.server.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
