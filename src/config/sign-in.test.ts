/** What `sign_in` may hold, and that what it may not is named with its line. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readConfig } from "../config.ts";

const folder = mkdtempSync(join(tmpdir(), "cartwright-sign-in-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const least = { issuer: "https://id.example/realms/shop", client_id: "desk", address: "https://desk.example/" };

/** The settings as a person would write them: one to a line, the first of `oidc` on line 4. */
function signInOf(oidc: object, passwords?: boolean) {
  const sign_in = { oidc, ...(passwords === undefined ? {} : { passwords }) };
  writeFileSync(join(folder, "cartwright.json"), JSON.stringify({ sign_in }, null, 2));
  return readConfig(folder).sign_in;
}

it("needs issuer, client and address, and has a default for the rest", () => {
  expect(signInOf(least)).toEqual({
    passwords: true,
    oidc: {
      issuer: "https://id.example/realms/shop",
      client_id: "desk",
      client_secret_env: "CARTWRIGHT_OIDC_SECRET",
      client_auth: "client_secret_basic",
      address: "https://desk.example",
      name: "single sign-on",
      scopes: ["openid", "email", "profile"],
      verified_claim: "email_verified",
      create_users: false,
      default_role: "viewer",
      roles: {},
    },
  });
  expect(signInOf(least, false).passwords).toBe(false);
});

it.each(["http://localhost:8080/realms/shop", "http://127.0.0.1:9000", "http://[::1]:9000"])(
  "takes plain HTTP on this machine: %s",
  (issuer) => {
    expect(signInOf({ ...least, issuer }).oidc?.issuer).toBe(issuer);
  },
);

it.each<[object, number, string]>([
  [{ issuer: "http://id.example" }, 4, "sign_in.oidc.issuer: must begin with https://"],
  [{ issuer: "http://127.0.0.1.evil.example" }, 4, "sign_in.oidc.issuer: must begin with https://"],
  [{ issuer: "http://localhost.evil.example" }, 4, "sign_in.oidc.issuer: must begin with https://"],
  [{ issuer: "https://user:word@id.example" }, 4, "sign_in.oidc.issuer: must have no user"],
  [{ issuer: "https://login.microsoftonline.com/common/v2.0" }, 4, "sign_in.oidc.issuer: must name your own tenant"],
  [{ issuer: "nonsense" }, 4, "sign_in.oidc.issuer: must be an address"],
  [{ client_id: "" }, 5, "sign_in.oidc.client_id"],
  [{ address: "https://desk.example/path" }, 6, "sign_in.oidc.address: must have no path"],
  [{ address: "http://desk.example" }, 6, "sign_in.oidc.address: must begin with https://"],
  [{ scopes: ["email"] }, 7, "sign_in.oidc.scopes: must include openid"],
  [{ default_role: "owner" }, 7, "sign_in.oidc.default_role"],
  [{ roles: { staff: "viewer" } }, 7, "sign_in.oidc.roles: needs role_claim"],
  [{ role_claim: "groups" }, 7, "sign_in.oidc.role_claim: needs roles"],
  [{ client_secret: "word" }, 7, 'unknown setting "sign_in.oidc.client_secret"'],
])("names the line of %o", (wrong, line, words) => {
  let message = "";
  try {
    signInOf({ ...least, ...wrong });
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain(`cartwright.json:${line}: ${words}`);
});

it("does not switch passwords off where nothing else is configured", () => {
  writeFileSync(join(folder, "cartwright.json"), '{\n  "sign_in": {\n    "passwords": false\n  }\n}');
  expect(() => readConfig(folder)).toThrow(
    "cartwright.json:3: sign_in.passwords: may be false only beside sign_in.oidc",
  );
});
