/** Requests made from the routes' schemas, and injection strings through every parameter: none is a fault of the server. */
import { expect, it } from "vitest";
import { fitting, makeRequest, nasty, withSchemas } from "../../bench/support/schema-requests.mjs";
import { storeRoutes } from "../../src/api/store/routes.ts";
import { createRandom } from "../../src/stats/random.ts";
import { describeStores } from "./shops.ts";
import { openStoreApi, type StoreApi } from "./store-api.ts";

const routes = withSchemas(storeRoutes);
const isTried = ({ name }: { name: string }): boolean => !/^(sign-|reset)/.test(name);

describeStores("requests of any kind", (shop) => {
  let api: StoreApi;
  const credentials = async () => {
    api = await openStoreApi(shop());
    const ada = await api.signedUp("ada.fuzz@example.com");
    await api.as("admin", "GET", "/desk/coupons");
    const cookie = [...ada.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const csrf = (await ada.call("GET", "/session")).body.csrf_token as string;
    return { shopper: { cookie, "x-csrf-token": csrf }, desk: { authorization: `Bearer ${api.token("admin")}` } };
  };

  it("are answered or refused, never a fault: 400 from the schemas, one in three spoiled", async () => {
    const headers = await credentials();
    const random = createRandom(7).uniform;
    const statuses = new Map<number, number>();
    for (let count = 0; count < 400; count += 1) {
      const route = routes[Math.floor(random() * routes.length)];
      // Ending the session would leave the rest refused; hashing is slow by design and tried by the accounts' own tests.
      if (!route || !isTried(route)) continue;
      const { method, url, payload, type } = makeRequest(route, random);
      const answer = await api.server.inject({
        method: method as "GET",
        url,
        remoteAddress: `10.2.${(count >> 8) & 255}.${count & 255}`,
        headers: {
          ...(route.path.startsWith("/desk/") ? headers.desk : headers.shopper),
          ...(type ? { "content-type": type } : {}),
        },
        ...(payload === undefined ? {} : { payload }),
      });
      statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
      if (answer.statusCode >= 500) expect.fail(`${method} ${url} ${payload ?? ""} -> ${answer.body}`);
    }
    // The requests reach the handlers: a fuzz that is refused at the door proves nothing.
    expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0) + (statuses.get(204) ?? 0)).toBeGreaterThan(60);
    await api.close();
  });

  it("with injection strings in each parameter of each route change nothing and reveal nothing", async () => {
    const headers = await credentials();
    const count = async () =>
      JSON.stringify(
        await shop().rows(
          "select count(*) from pg_tables where schemaname = 'store' union all select count(*) from store.customers",
        ),
      );
    const before = await count();
    const strings = nasty.filter((text) => /['"$\\%<(]/.test(text) && text.length < 100);
    const random = createRandom(11).uniform;
    let from = 0;
    for (const route of routes.filter(isTried)) {
      for (const part of ["params", "query", "body"] as const) {
        for (const name of Object.keys(route.schemas[part]?.properties ?? {})) {
          from += 1;
          const text = strings[from % strings.length] ?? "'";
          // Everything else fits, so that the string meets the store and not the first check alone.
          const made = (["params", "query", "body"] as const).map((one) => {
            const given = fitting(route.schemas[one] ?? { type: "object" }, random) as Record<string, unknown>;
            return one === part ? { ...given, [name]: text } : given;
          });
          const [params, query, body] = made as [Record<string, unknown>, Record<string, string>, object];
          const url = route.path.replace(/:(\w+)/g, (_, one: string) => encodeURIComponent(String(params[one])));
          const answer = await api.server.inject({
            method: route.method,
            url: `/api/v1/store${url}`,
            query: part === "query" ? { [name]: text } : query,
            remoteAddress: `10.3.0.${from % 250}`,
            headers: route.path.startsWith("/desk/") ? headers.desk : headers.shopper,
            ...(route.method === "GET" ? {} : { payload: body }),
          });
          const what = `${route.method} ${url} ${part}.${name} = ${text}: ${answer.body}`;
          expect(answer.statusCode, what).toBeLessThan(500);
          expect(answer.body, what).not.toMatch(/syntax error|SQLSTATE|relation "/i);
        }
      }
    }
    expect(from).toBeGreaterThan(90);
    expect(await count()).toBe(before);
    await api.close();
  });
});
