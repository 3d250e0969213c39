/** Shoppers' own sign-in, profile, addresses and points. */
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import { runQuery } from "../../store/query.ts";
import { hashPassword, isPassword } from "../people/hashing.ts";
import { shopperRoute, storeRoute } from "./define.ts";
import { address, afterId, country, email, id, pageSize, password, text } from "./fields.ts";
import { sendLink } from "./mail-links.ts";
import { sessionAnswer } from "./session-answer.ts";
import { hashOf } from "./shopper-session.ts";

const token = text(43, 43).regex(/^[\w-]+$/, "must be the token of the mail's link");
const slowly = { mostAMinute: 30 };

export const accountRoutes = [
  storeRoute({
    name: "session",
    method: "GET",
    path: "/session",
    summary: "Who is signed in, and the token that changes must carry in x-csrf-token",
    access: "anyone",
    handle: async ({ shopper, session }) => {
      session.requireVisitor();
      return sessionAnswer(shopper, session);
    },
  }),
  storeRoute({
    name: "sign-up",
    method: "POST",
    path: "/sign-up",
    summary: "Open an account and sign in; a mail asks to verify the address",
    access: "anyone",
    status: 201,
    ...slowly,
    body: z.strictObject({
      email,
      name: text(200).default(""),
      password,
      accepts_mail: z.boolean().default(false).describe("Agrees to mails that are not about an order"),
    }),
    handle: async ({ body, store, session, services }) => {
      const customerId = await store.registerCustomer(body.email, body.name, await hashPassword(body.password));
      if (body.accepts_mail) await store.saveProfile(customerId, { accepts_mail: true });
      await sendLink(services, store, body.email, "verify");
      await session.signIn(store, customerId);
      const shopper = {
        customer_id: customerId,
        email: body.email.trim().toLowerCase(),
        name: body.name,
        is_verified: false,
      };
      return sessionAnswer(shopper, session);
    },
  }),
  storeRoute({
    name: "sign-in",
    method: "POST",
    path: "/sign-in",
    summary: "Sign in; a guest's cart joins the customer's",
    access: "anyone",
    ...slowly,
    body: z.strictObject({ email, password: text(200, 1) }),
    handle: async ({ body, store, connection, session }) => {
      const [row] = await runQuery(connection, "customer-by-email", { email: body.email });
      const isRight = await isPassword(row ? String(row.password_hash) : null, body.password);
      if (!row || !isRight)
        throw new CartwrightError("sign_in_refused", "no customer has this e-mail address with this password");
      await session.signIn(store, Number(row.customer_id));
      const [profile] = await runQuery(connection, "profile", { customer_id: row.customer_id });
      const shopper = {
        customer_id: Number(row.customer_id),
        email: String(profile?.email),
        name: String(profile?.name),
        is_verified: profile?.is_verified === true,
      };
      return sessionAnswer(shopper, session);
    },
  }),
  storeRoute({
    name: "sign-out",
    method: "POST",
    path: "/sign-out",
    summary: "Sign this browser out",
    access: "anyone",
    status: 204,
    handle: async ({ store, session }) => await session.signOut(store),
  }),
  storeRoute({
    name: "verify",
    method: "POST",
    path: "/verify",
    summary: "Prove an address with the token of a mail; orders placed as a guest with it join the account",
    access: "anyone",
    ...slowly,
    body: z.strictObject({ token }),
    handle: async ({ body, connection, store }) => {
      const customerId = await store.useMailToken(hashOf(body.token), "verify");
      const claimed = await store.verifyCustomer(customerId);
      const [profile] = await runQuery(connection, "profile", { customer_id: customerId });
      return { email: profile?.email, claimed_order_count: claimed };
    },
  }),
  shopperRoute({
    name: "verify-again",
    method: "POST",
    path: "/verify/mail",
    summary: "Send the mail that proves the address once more",
    status: 202,
    ...slowly,
    handle: async ({ shopper, store, services }) => {
      await sendLink(services, store, shopper.email, "verify");
      return { is_sent: true };
    },
  }),
  storeRoute({
    name: "reset",
    method: "POST",
    path: "/reset",
    summary: "Mail a link that sets a new password; the answer does not tell whether someone has the address",
    access: "anyone",
    status: 202,
    ...slowly,
    body: z.strictObject({ email }),
    handle: async ({ body, store, services }) => {
      await sendLink(services, store, body.email, "reset");
      return { is_accepted: true };
    },
  }),
  storeRoute({
    name: "reset-confirm",
    method: "POST",
    path: "/reset/confirm",
    summary: "Set a new password with the token of a mail; every browser is signed out",
    access: "anyone",
    status: 204,
    ...slowly,
    body: z.strictObject({ token, password }),
    handle: async ({ body, store }) => {
      await store.resetPassword(hashOf(body.token), await hashPassword(body.password));
    },
  }),
  shopperRoute({
    name: "profile",
    method: "GET",
    path: "/profile",
    summary: "The shopper's profile with points and loyalty score",
    handle: async ({ shopper, connection }) =>
      (await runQuery(connection, "profile", { customer_id: shopper.customer_id }))[0],
  }),
  shopperRoute({
    name: "profile-save",
    method: "PATCH",
    path: "/profile",
    summary: "Change the profile; what is not named stays",
    body: z.strictObject({
      name: text(200).optional(),
      country: z.union([country, z.literal("")]).optional(),
      gender: z.enum(["", "female", "male", "other"]).optional(),
      born_on: z.iso.date().nullable().optional(),
      accepts_mail: z.boolean().optional(),
    }),
    handle: async ({ shopper, body, store, connection }) => {
      await store.saveProfile(shopper.customer_id, body);
      return (await runQuery(connection, "profile", { customer_id: shopper.customer_id }))[0];
    },
  }),
  shopperRoute({
    name: "statistics",
    method: "GET",
    path: "/statistics",
    summary: "What the shopper has bought so far, after returns",
    handle: async ({ shopper, connection }) =>
      (await runQuery(connection, "shopper-statistics", { customer_id: shopper.customer_id }))[0],
  }),
  shopperRoute({
    name: "loyalty",
    method: "GET",
    path: "/loyalty",
    summary: "Points earned and taken back, newest first",
    query: z.strictObject({ after_id: afterId, limit: pageSize(200, 50) }),
    handle: async ({ shopper, query, connection }) => ({
      rows: await runQuery(connection, "loyalty-entries", {
        customer_id: shopper.customer_id,
        after_id: query.after_id,
        most: query.limit,
      }),
    }),
  }),
  shopperRoute({
    name: "addresses",
    method: "GET",
    path: "/addresses",
    summary: "The shopper's addresses",
    handle: async ({ shopper, connection }) => ({
      rows: await runQuery(connection, "addresses", { customer_id: shopper.customer_id }),
    }),
  }),
  shopperRoute({
    name: "address-add",
    method: "POST",
    path: "/addresses",
    summary: "Add an address",
    status: 201,
    body: address.extend({ is_default: z.boolean().default(false) }),
    handle: async ({ shopper, body, store }) => ({
      address_id: await store.saveAddress(shopper.customer_id, null, body),
    }),
  }),
  shopperRoute({
    name: "address-save",
    method: "PUT",
    path: "/addresses/:address_id",
    summary: "Change an address",
    params: z.strictObject({ address_id: id }),
    body: address.extend({ is_default: z.boolean().default(false) }),
    handle: async ({ shopper, params, body, store }) => ({
      address_id: await store.saveAddress(shopper.customer_id, params.address_id, body),
    }),
  }),
  shopperRoute({
    name: "address-remove",
    method: "DELETE",
    path: "/addresses/:address_id",
    summary: "Remove an address",
    status: 204,
    params: z.strictObject({ address_id: id }),
    handle: async ({ shopper, params, store }) => await store.removeAddress(shopper.customer_id, params.address_id),
  }),
];
