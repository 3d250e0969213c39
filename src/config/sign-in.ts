/** How people sign in. Nothing secret stands here. */
import { z } from "zod";

const roles = ["viewer", "analyst", "admin"] as const;

/** Whether an address is this machine's own, where nobody listens in on plain HTTP. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

const isPrivate = (url: string): boolean => url.startsWith("https:") || isLoopback(url);
const isPlain = (url: string): boolean => {
  const { username, password, search, hash } = new URL(url);
  return username + password + search + hash === "";
};
const httpsRule = "must begin with https://, or be on this machine";
const plainRule = "must have no user, query or fragment";

const address = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://shop.example" })
  .refine(isPrivate, { error: httpsRule, abort: true })
  .refine(isPlain, plainRule);

/** Whose accounts anybody can make, with any address: the issuer must be one organisation's. */
const isOneTenant = (url: string): boolean =>
  !/^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)(\/|$)/.test(url);

const claim = z.string().min(1).max(200);

const oidcSchema = z
  .strictObject({
    issuer: address
      .refine(isOneTenant, "must name your own tenant")
      .describe("The provider's issuer, under which /.well-known/openid-configuration is found"),
    client_id: z.string().min(1).describe("The id that the provider has given this shop"),
    client_secret_env: z
      .string()
      .min(1)
      .default("CARTWRIGHT_OIDC_SECRET")
      .describe("Environment variable with the secret that goes with it"),
    client_auth: z
      .enum(["client_secret_basic", "client_secret_post"])
      .default("client_secret_basic")
      .describe("How the secret is sent to the provider"),
    address: address
      .refine((url) => new URL(url).pathname === "/", "must have no path")
      .transform((url) => new URL(url).origin)
      .describe("Where people reach this server; the provider sends them back to its /sign-in/oidc/callback"),
    name: z.string().trim().min(1).max(40).default("single sign-on").describe("What the button on the page calls it"),
    scopes: z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, "must be a scope such as profile"))
      .default(["openid", "email", "profile"])
      .refine((scopes) => scopes.includes("openid"), "must include openid")
      .describe("What the provider is asked for"),
    verified_claim: claim
      .default("email_verified")
      .describe("The claim that is true when the e-mail address is known to be the person's"),
    allowed_domains: z
      .array(z.string().regex(/^[^@\s]+$/, "must be the part of an address after the @"))
      .min(1)
      .optional()
      .describe("Domains of e-mail addresses that may sign in; any when not given"),
    create_users: z
      .boolean()
      .default(false)
      .describe("Whether who was not invited becomes a user at the first sign-in"),
    default_role: z.enum(roles).default("viewer").describe("Role of users made so, where no claim decides"),
    role_claim: claim
      .optional()
      .describe("The claim that decides the role at each sign-in, such as groups or realm_access.roles"),
    roles: z
      .record(z.string(), z.enum(roles))
      .default({})
      .describe("Roles by values of that claim; the highest counts, and who has none of them is refused"),
  })
  .superRefine(({ role_claim, roles }, context) => {
    const hasRoles = Object.keys(roles).length > 0;
    if (hasRoles === (role_claim !== undefined)) return;
    context.addIssue({
      code: "custom",
      path: hasRoles ? ["roles"] : ["role_claim"],
      message: hasRoles ? "needs role_claim" : "needs roles for its values",
    });
  });

export const signInSchema = z
  .strictObject({
    passwords: z
      .boolean()
      .default(true)
      .describe("Whether people may sign in with a password; links of `cartwright link` always work"),
    oidc: oidcSchema.optional().describe("A provider of OpenID Connect; see docs/guides/single-sign-on.md"),
  })
  .refine(({ passwords, oidc }) => passwords || oidc !== undefined, {
    path: ["passwords"],
    error: "may be false only beside sign_in.oidc",
  })
  .prefault({})
  .describe("How people sign in");

export type SignInSettings = z.infer<typeof signInSchema>;
export type OidcSettings = z.infer<typeof oidcSchema>;
