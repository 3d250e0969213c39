/** The server: dashboard, API and documentation behind one sign-in. Assembled here and nowhere else. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import secureSession from "@fastify/secure-session";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { pages } from "../analyses/define.ts";
import type { Collector } from "../collect/index.ts";
import { type Scheduler, startTasks } from "../delivery/index.ts";
import { version } from "../version.ts";
import type { Workspace } from "../workspace.ts";
import { installAlertRoutes } from "./alert-routes.ts";
import { answerWatched, installAnalysisRoutes } from "./analysis-routes.ts";
import { installAnnotationRoutes } from "./annotation-routes.ts";
import { installAssistantRoutes } from "./assistant-routes.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { installAuditRoutes } from "./audit/audit-routes.ts";
import { installAudit } from "./audit/install-audit.ts";
import { installCollectRoutes } from "./collect-routes.ts";
import { ShopContext } from "./context.ts";
import type { Credentials } from "./credentials.ts";
import { withAccess } from "./documented-access.ts";
import { documentProblems } from "./documented-problems.ts";
import { installExperimentRoutes } from "./experiment-routes.ts";
import { installExperimentTools } from "./experiment-tools.ts";
import { allowedHosts, authorityOf, hostnameOf, installGuard, wantsPage } from "./guard.ts";
import { installHealthRoutes, leastFreeBytes } from "./health-routes.ts";
import { readSecureCookies, transportSecurity, writeSecureCookies } from "./https.ts";
import { installIdentityRoutes } from "./identity-routes.ts";
import { installImportRoutes } from "./imports/import-routes.ts";
import { installKeptRoutes } from "./kept-routes.ts";
import { installLiveRoutes } from "./live-routes.ts";
import { openLogFile } from "./log-file.ts";
import { installMaskedAnswers } from "./masked-answers.ts";
import { installMetrics } from "./metrics.ts";
import { onlyOnce } from "./only-once.ts";
import { installOwnAnalysisRoutes, withOwnOperations } from "./own-analysis-routes.ts";
import { flowCookie } from "./people/oidc/oidc-routes.ts";
import { sessionSeconds } from "./people/sessions.ts";
import { installSignIn } from "./people/sign-in-routes.ts";
import { installUserRoutes } from "./people/user-routes.ts";
import { installPersonalDataRoutes } from "./personal-data-routes.ts";
import { answerProblem, installProblems, refuseNonsense } from "./problem.ts";
import { installScheduleRoutes } from "./schedules/schedule-routes.ts";
import { installScoringRoutes } from "./scoring-routes.ts";
import { installSegmentRoutes } from "./segment-routes.ts";
import { installShareRoutes } from "./share-routes.ts";
import { installShopRoutes } from "./shop-routes.ts";
import { installSlowQueries } from "./slow-queries.ts";
import { installStoreRoutes } from "./store/install.ts";
import { type StoreServices, storeServices } from "./store/services.ts";
import { installStoreDumpRoutes } from "./store-dump-routes.ts";
import { installStorefront } from "./storefront.ts";
import { installTokenRoutes } from "./token-routes.ts";
import { installTrackingPlanRoutes } from "./tracking-plan-routes.ts";
import { installTrainingRoutes } from "./training-routes.ts";
import { installWriteKeyRoutes } from "./write-key-routes.ts";

export interface ServerOptions {
  readonly workspace: Workspace;
  readonly credentials: Credentials;
  /** Where log lines go; null for none. */
  readonly logFile: string | null;
  /** The store with its mail and payments; the workspace's own when not given. */
  readonly store?: StoreServices;
  /** The door for events; a server without one answers that it collects nothing. */
  readonly collector?: Collector;
}

const webFolder = fileURLToPath(new URL("../../web/dist/", import.meta.url));
/** What a browser loads before it knows who asks. */
const openFile = /^\/(assets\/[^*]+|icon\.svg|color-scheme\.js)$/;

const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:", "blob:"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

/** Builds the server without listening yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { workspace, credentials } = options;
  const { server: serving, sign_in } = workspace.config;
  const { host, allowed_hosts, https } = serving;
  const log = options.logFile === null ? null : openLogFile(options.logFile);
  const server = Fastify({
    logger:
      log === null
        ? false
        : {
            level: "info",
            stream: log.stream,
            redact: ["req.headers.authorization", "req.headers.cookie"],
            serializers: { req: loggedRequest },
          },
    routerOptions: { maxParamLength: 512 },
    bodyLimit: 1024 * 1024,
    trustProxy: false,
    // Told in problem documents, the log and the audit log, over restarts.
    genReqId: () => randomUUID(),
    // Addresses that no route sees: malformed, or with too long a part.
    frameworkErrors: answerProblem,
    clientErrorHandler: refuseNonsense,
  });
  server.addHook("onClose", () => log?.stop());
  // Values are checked by the declarations themselves, whose messages name value and limit; schemas here only document.
  server.setValidatorCompiler(onlyOnce);
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
  installProblems(server);
  await server.register(helmet, {
    contentSecurityPolicy,
    strictTransportSecurity: https ? transportSecurity : false,
    referrerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
  });
  if (https) readSecureCookies(server);
  await server.register(cookie);
  const key = credentials.sessionKey();
  const session = {
    key,
    sessionName: "session",
    cookieName: "cartwright_session",
    expiry: sessionSeconds,
    cookie: { path: "/", httpOnly: true, sameSite: "strict", maxAge: sessionSeconds } as const,
  };
  await server.register(secureSession, [session, ...(sign_in.oidc ? [flowCookie(key, sign_in.oidc.address)] : [])]);
  if (https) writeSecureCookies(server);
  await server.register(rateLimit, { max: 3000, timeWindow: "1 minute" });
  await server.register(swagger, {
    transform: withAccess,
    transformObject: (document) => ("openapiObject" in document ? documentProblems(document.openapiObject) : {}),
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Cartwright API",
        version,
        description: "Every analysis of the shop, and what surrounds them. Sign in, or send a token as a bearer.",
      },
      tags: [...pages, "kept", "shop", "session", "people", "schedules", "collect", "store", "store desk"].map(
        (name) => ({ name }),
      ),
      components: {
        securitySchemes: { token: { type: "http", scheme: "bearer" }, write_key: { type: "http", scheme: "basic" } },
      },
      security: [{ token: [] }],
    },
  });
  const ownName = sign_in.oidc ? [hostnameOf(authorityOf(sign_in.oidc.address))] : [];
  installGuard(server, credentials, allowedHosts(host, [...allowed_hosts, ...ownName]), sign_in);
  const audit = new AuditLog(workspace.folders.root, workspace.clock);
  installAudit(server, audit);
  installMaskedAnswers(server);
  const context = new ShopContext(workspace);
  const store = options.store ?? storeServices(workspace);
  server.addHook("onClose", async () => await store.close());
  keepAnswersWarm(server, context);
  await installSignIn(server, credentials, sign_in, workspace.clock);
  installMetrics(server, context, options.collector ?? null);
  installSlowQueries(server, workspace);
  installHealthRoutes(server, { workspace, store, collector: options.collector ?? null, leastFreeBytes });
  const { collect } = workspace.config;
  await installCollectRoutes(server, { collector: options.collector ?? null, credentials, config: collect });
  await server.register(async (routes) => {
    installAnalysisRoutes(routes, context);
    installOwnAnalysisRoutes(routes, context);
    installScoringRoutes(routes, context);
    installTrainingRoutes(routes, context);
    installScheduleRoutes(routes, context);
    installShopRoutes(routes, context, credentials.users);
    installWriteKeyRoutes(routes, credentials);
    installTokenRoutes(routes, credentials);
    installUserRoutes(routes, credentials);
    installAuditRoutes(routes, audit);
    installImportRoutes(routes, context);
    installLiveRoutes(routes, context, options.collector ?? null);
    installSegmentRoutes(routes, context);
    installIdentityRoutes(routes, context);
    installTrackingPlanRoutes(routes, context, options.collector ?? null);
    installKeptRoutes(routes, context);
    installAlertRoutes(routes, context);
    installAnnotationRoutes(routes, context);
    installShareRoutes(routes, context, credentials.shares);
    installAssistantRoutes(routes, context);
    installExperimentTools(routes, context);
    installExperimentRoutes(routes, context);
    installStoreRoutes(routes, store);
    installStoreDumpRoutes(routes, context, store);
    installPersonalDataRoutes(routes, context, store, options.collector ?? null);
  });
  server.get("/openapi.json", { schema: { hide: true } }, () => withOwnOperations(server.swagger(), workspace));
  await server.register(swaggerUi, {
    routePrefix: "/docs",
    staticCSP: true,
    transformSpecification: (document) => withOwnOperations(document, workspace),
  });
  await installStorefront(server, store);
  await installDashboard(server);
  return server;
}

/** While the server listens, what people look at is answered anew when the data have changed. */
function keepAnswersWarm(server: FastifyInstance, context: ShopContext): void {
  const run = async (signal: AbortSignal): Promise<void> => await answerWatched(context, signal);
  const task = { name: "answer anew what is looked at", everyMs: 5000, run };
  let tasks: Scheduler | null = null;
  server.addHook("onListen", async () => {
    tasks = startTasks([task], (name, error) => server.log.warn({ task: name, err: error }, "task failed"));
  });
  server.addHook("preClose", async () => await tasks?.stop());
}

/** Query strings may hold what a person searched for; a sign-in link holds a secret. Neither is logged. */
const loggedRequest = (request: { method: string; url: string }) => ({
  method: request.method,
  url: request.url.split("?")[0] ?? "",
});

async function installDashboard(server: FastifyInstance): Promise<void> {
  if (!existsSync(`${webFolder}index.html`)) return;
  // The program itself is no secret, and whoever holds a shared link runs it without signing in.
  server.addHook("onRoute", (route) => {
    if (openFile.test(route.url)) route.config = { ...route.config, isOpen: true };
  });
  await server.register(fastifyStatic, {
    root: webFolder,
    wildcard: false,
    maxAge: "1y",
    immutable: true,
    index: false,
    preCompressed: true,
    globIgnore: ["shop/**", "**/*.{br,gz}"],
  });
  const index = async (_request: FastifyRequest, reply: FastifyReply) =>
    reply.sendFile("index.html", { maxAge: 0, immutable: false });
  server.get("/shared", { config: { isOpen: true }, schema: { hide: true } }, index);
  server.get("/overview", { schema: { hide: true } }, async (request, reply) =>
    reply.redirect(request.url.replace(/^\/overview/, "/"), 302),
  );
  for (const path of [
    "/",
    "/home",
    ...pages.filter((page) => page !== "overview").map((page) => `/${page}`),
    "/segments",
    "/boards",
    "/boards/:id",
    "/live",
    "/store",
    "/people",
    "/schedules",
    "/gallery",
  ])
    server.get(path, { schema: { hide: true } }, index);
  // A person who follows a wrong link is told so by the dashboard; programs get a problem document.
  server.get("/*", { schema: { hide: true } }, async (request, reply) => {
    if (wantsPage(request)) return await index(request, reply.code(404));
    reply.callNotFound();
    return reply;
  });
}
