/** Passwords as hashes, of people who use Cartwright and of the store's customers. */
import { type Algorithm, hash, verify } from "@node-rs/argon2";

/** Argon2id with 19 MiB, two passes: OWASP's least recommendation (2024). The package's enum does not exist at run time. */
const options = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Compared when there is no hash, so that the answer takes as long. */
const nobody = hash("nobody has this password", options);

export const hashPassword = async (password: string): Promise<string> => await hash(password, options);

/** Whether a password is the one of a hash; never for null, which takes as long as a wrong password. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const isRight = await verify(stored ?? (await nobody), password).catch(() => false);
  return stored !== null && isRight;
}
