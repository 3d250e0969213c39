/**
 * The script shops put on their pages: `<script async src=".../cartwright.js" data-write-key="wk_..."></script>`. Events wait
 * in a queue that outlives the page, are tried again until the server has them, and leave by a beacon when the page does.
 * Route changes of single-page apps are page views. With data-consent="required" nothing is stored or sent before consent.
 */
type Fields = Record<string, unknown>;

(() => {
  const script = document.currentScript as HTMLScriptElement;
  const { writeKey, consent, pages } = script.dataset;
  const address = `${script.dataset.host ?? new URL(script.src).origin}/v1/batch`;
  const prefix = "cartwright.";
  const most = 500;
  const inBatch = 50;
  const newId = (): string =>
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("");
  const tab = `${prefix}queue.${newId()}`;

  // A browser may refuse storage: then everything lives as long as the page.
  const stored = (key: string, value?: string | null): string | null => {
    try {
      if (value === null) localStorage.removeItem(key);
      else if (value !== undefined) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  let isAllowed = consent !== "required" || stored(`${prefix}consent`) === "yes";
  let anonymousId: string;
  let userId: string | null;
  let queue: Fields[] = [];
  let isSending = false;
  let waits = 1000;
  let lastPath: string | undefined;

  const keep = (): void => {
    if (isAllowed) stored(tab, queue.length ? JSON.stringify(queue) : null);
  };

  const start = (): void => {
    anonymousId = stored(`${prefix}id`) ?? newId();
    userId = stored(`${prefix}user`);
    stored(`${prefix}id`, anonymousId);
    try {
      // What other pages could not send any more: a message sent twice is counted once.
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith(`${prefix}queue.`) && one !== tab)) {
        queue = [...JSON.parse(stored(key) ?? "[]"), ...queue];
        stored(key, null);
      }
    } catch {}
  };

  const body = (batch: Fields[]): string => JSON.stringify({ writeKey, sentAt: new Date().toISOString(), batch });

  const send = async (): Promise<void> => {
    if (isSending || !isAllowed || !queue.length) return;
    isSending = true;
    const batch = queue.slice(0, inBatch);
    let again = 0;
    try {
      // As plain text, so that the browser need not ask the server first.
      const answer = await fetch(address, {
        method: "POST",
        body: body(batch),
        headers: { "content-type": "text/plain" },
      });
      if (answer.status === 429 || answer.status >= 500)
        again = Number(answer.headers.get("retry-after")) * 1000 || waits;
    } catch {
      again = waits;
    }
    isSending = false;
    if (again) {
      waits = Math.min(waits * 2, 60_000);
      setTimeout(send, again);
      return;
    }
    waits = 1000;
    queue = queue.filter((one) => !batch.includes(one));
    keep();
    void send();
  };

  const add = (type: string, fields: Fields): void => {
    const { href, pathname, search } = location;
    const params = new URLSearchParams(search);
    const campaign: Fields = {};
    params.forEach((value, name) => {
      if (name.startsWith("utm_")) campaign[name === "utm_campaign" ? "name" : name.slice(4)] = value;
    });
    queue.push({
      type,
      messageId: newId(),
      timestamp: new Date().toISOString(),
      context: {
        page: { url: href, path: pathname, search, title: document.title, referrer: document.referrer },
        userAgent: navigator.userAgent,
        locale: navigator.language,
        ...(Object.keys(campaign).length ? { campaign } : {}),
      },
      ...(isAllowed ? { anonymousId, ...(userId ? { userId } : {}) } : {}),
      ...fields,
    });
    queue = queue.slice(-most);
    keep();
    setTimeout(send);
  };

  const calls: Record<string, (...given: never[]) => void> = {
    track: (event: string, properties: Fields = {}) => add("track", { event, properties }),
    page: (name?: string, properties: Fields = {}) => {
      lastPath = location.pathname;
      add("page", { name, properties });
    },
    identify: (id: string, traits: Fields = {}) => {
      userId = id;
      if (isAllowed) stored(`${prefix}user`, id);
      add("identify", { userId: id, traits });
    },
    /** Forgets who was here: after signing out. */
    reset: () => {
      userId = null;
      anonymousId = newId();
      stored(`${prefix}user`, null);
      if (isAllowed) stored(`${prefix}id`, anonymousId);
    },
    consent: (isGiven: boolean) => {
      stored(`${prefix}consent`, isGiven ? "yes" : null);
      if (isGiven && !isAllowed) {
        const user = userId;
        isAllowed = true;
        start();
        userId = user ?? userId;
        if (userId) stored(`${prefix}user`, userId);
        queue = queue.map((one) => ({ anonymousId, ...(userId ? { userId } : {}), ...one }));
        keep();
        void send();
      } else if (!isGiven) {
        isAllowed = consent !== "required";
        queue = [];
        for (const key of ["id", "user"]) stored(prefix + key, null);
        stored(tab, null);
      }
    },
  };

  if (isAllowed) start();
  const early: unknown = Reflect.get(window, "cartwright");
  Reflect.set(window, "cartwright", {
    ...calls,
    push: ([name, ...given]: [string, ...never[]]) => calls[name]?.(...given),
  });
  if (Array.isArray(early)) for (const [name, ...given] of early) calls[name]?.(...(given as never[]));

  if (pages !== "manual") {
    const moved = (): void => {
      if (location.pathname !== lastPath) calls.page?.();
    };
    for (const name of ["pushState", "replaceState"] as const) {
      const own = history[name];
      history[name] = function (...given) {
        own.apply(this, given);
        // The app sets the new title after it has moved.
        setTimeout(moved);
      };
    }
    addEventListener("popstate", () => setTimeout(moved));
    moved();
  }
  // Nothing says whether a beacon arrived, so what it carries stays in the queue; should it come twice, it counts once.
  addEventListener("pagehide", () => {
    if (isAllowed && queue.length) navigator.sendBeacon(address, body(queue.slice(0, inBatch)));
  });
  addEventListener("online", () => void send());
  void send();
})();
