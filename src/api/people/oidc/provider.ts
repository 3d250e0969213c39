/** The provider that says who somebody is: what it is asked, and what it is believed. */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { Clock } from "../../../clock.ts";
import { isLoopback } from "../../../config/sign-in.ts";
import type { OidcSettings } from "../../../config.ts";
import { at, type Claims } from "./claims.ts";

export const startPath = "/sign-in/oidc";
export const callbackPath = `${startPath}/callback`;

/** What an answer of the provider must fit; the browser that asked holds it, sealed. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who somebody is, as the provider vouches for it. */
export interface Vouched {
  readonly issuer: string;
  /** The provider's own, never reused name of the person. */
  readonly subject: string;
  readonly claims: Claims;
}

/** How long what the provider publishes about itself is believed. */
const believedMs = 60 * 60_000;
const timeoutSeconds = 10;

export class Provider {
  readonly settings: OidcSettings;
  readonly #secret: () => string;
  readonly #clock: Clock;
  #known: { readonly configuration: Configuration; readonly until: number } | null = null;
  #asked: Promise<Configuration> | null = null;

  /** @param secret  reads the client's secret, when it is needed */
  constructor(settings: OidcSettings, secret: () => string, clock: Clock) {
    this.settings = settings;
    this.#secret = secret;
    this.#clock = clock;
  }

  /** Whether the client's secret is there. */
  get hasSecret(): boolean {
    return this.#secret() !== "";
  }

  get #callback(): string {
    return `${this.settings.address}${callbackPath}`;
  }

  async #discover(): Promise<Configuration> {
    const { issuer, client_id, client_auth } = this.settings;
    const authenticate = client_auth === "client_secret_post" ? ClientSecretPost : ClientSecretBasic;
    return await discovery(new URL(issuer), client_id, this.#secret(), authenticate(this.#secret()), {
      timeout: timeoutSeconds,
      execute: [enableNonRepudiationChecks, ...(isLoopback(issuer) ? [allowInsecureRequests] : [])],
    });
  }

  /** What the provider publishes: asked once an hour, by one request at a time; what was known stays good while it is away. */
  async #configuration(): Promise<Configuration> {
    if (this.#known && this.#known.until > this.#clock.now()) return this.#known.configuration;
    this.#asked ??= this.#discover().finally(() => {
      this.#asked = null;
    });
    try {
      const configuration = await this.#asked;
      this.#known = { configuration, until: this.#clock.now() + believedMs };
      return configuration;
    } catch (error) {
      if (this.#known) return this.#known.configuration;
      throw error;
    }
  }

  /** Where to send a browser, and what the answer it comes back with must fit. */
  async begin(): Promise<{ readonly url: URL; readonly expected: Expected }> {
    const configuration = await this.#configuration();
    const expected = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback,
      scope: this.settings.scopes.join(" "),
      state: expected.state,
      nonce: expected.nonce,
      code_challenge: await calculatePKCECodeChallenge(expected.verifier),
      code_challenge_method: "S256",
    });
    return { url, expected };
  }

  /**
   * Changes the code of an answer for what the provider vouches for. The address is the settings' own, whatever the request
   * says about its host.
   *
   * @param query  the answer's, without the question mark
   */
  async finish(query: string, { state, nonce, verifier }: Expected): Promise<Vouched> {
    const configuration = await this.#configuration();
    const tokens = await authorizationCodeGrant(configuration, new URL(`${this.#callback}?${query}`), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new TypeError("the provider sent no ID token");
    const more = this.#isWhole(claims) ? {} : await this.#further(configuration, tokens.access_token, claims.sub);
    return { issuer: claims.iss, subject: claims.sub, claims: { ...more, ...claims } };
  }

  #isWhole(claims: Claims): boolean {
    const { verified_claim, role_claim } = this.settings;
    const needed = ["email", verified_claim, ...(role_claim === undefined ? [] : [role_claim])];
    return needed.every((name) => at(claims, name) !== undefined);
  }

  /** Providers may leave claims out of the ID token and give them when asked. */
  async #further(configuration: Configuration, accessToken: string, subject: string): Promise<Claims> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    return await fetchUserInfo(configuration, accessToken, subject);
  }
}
