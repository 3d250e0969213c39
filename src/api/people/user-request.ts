/** What may be asked for when a user is made or changed. */
import { z } from "zod";
import { parsed } from "../parsed.ts";
import { roles } from "../role.ts";

export const longestName = 80;
export const longestEmail = 254;

const nameRule = `must be a text of 1 to ${longestName} characters, without @ and control characters`;
const emailRule = "must be an e-mail address";
const isName = (text: string): boolean => !/[@\p{Cc}\p{Surrogate}]/u.test(text);

const role = z.enum(roles, { error: `must be one of ${roles.join(", ")}` });
const newUser = z.strictObject({
  name: z.string({ error: nameRule }).trim().min(1, nameRule).max(longestName, nameRule).refine(isName, nameRule),
  email: z
    .string({ error: emailRule })
    .trim()
    .max(longestEmail, emailRule)
    .regex(/^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u, emailRule),
  role: role.default("viewer"),
});
const changedUser = z
  .strictObject({ role: role.optional(), is_disabled: z.boolean({ error: "must be true or false" }).optional() })
  .refine(({ role, is_disabled }) => role !== undefined || is_disabled !== undefined, "needs role or is_disabled");

export type NewUser = z.infer<typeof newUser>;

/** @throws invalid_parameter naming field and limit */
export const parseNewUser = (body: unknown): NewUser => parsed(newUser, body, "the body", " ");

/** What is to change of a user. @throws invalid_parameter */
export const parseChangedUser = (body: unknown): z.infer<typeof changedUser> =>
  parsed(changedUser, body, "the body", " ");
