/** What a password must be (NIST SP 800-63B, 3.1.1.2): long, and neither well known nor the person's own name. */
import { CartwrightError } from "../../errors.ts";

export const leastLength = 12;
/** Long passwords are welcome; the limit keeps hashing quick. */
export const mostLength = 200;

/** Passwords of the least length and more that lists of stolen ones begin with; shorter ones are refused for their length. */
const common = new Set([
  "000000000000",
  "111111111111",
  "112233445566",
  "123123123123",
  "123412341234",
  "1234512345123",
  "123456123456",
  "123456654321",
  "1234567890-=",
  "123456789012",
  "1234567890123",
  "123456789101112",
  "123456789123",
  "123456789123456789",
  "123456789qwe",
  "1234567890qwertyuiop",
  "12345678901234567890",
  "1q2w3e4r5t6y",
  "1q2w3e4r5t6y7u8i",
  "1qaz2wsx3edc",
  "1qaz2wsx3edc4rfv",
  "abcdefghijkl",
  "abcdefghijklmnopqrstuvwxyz",
  "adminadminadmin",
  "administrator",
  "administrator1",
  "asdfghjkl123",
  "asdfghjklqwertyuiop",
  "changeme1234",
  "changemenow1",
  "correcthorsebatterystaple",
  "iloveyou1234",
  "iloveyouforever",
  "letmein12345",
  "letmeinletmein",
  "password1234",
  "password12345",
  "password123456",
  "passwordpassword",
  "qazwsxedcrfv",
  "qwerty123456",
  "qwerty12345678",
  "qwertyqwerty",
  "qwertyuiop12",
  "qwertyuiop123",
  "qwertyuiop[]",
  "qwertyuiopasdf",
  "qwertyuiopasdfghjklzxcvbnm",
  "sunshine1234",
  "superman1234",
  "trustno1trustno1",
  "unbelievable",
  "welcome12345",
  "welcomewelcome",
  "zaqxswcdevfr",
  "zxcvbnm12345",
  "zxcvbnmasdfghjkl",
]);

const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** The password as it is hashed: one sequence of characters however a keyboard writes them. */
export const passwordForm = (given: string): string => given.normalize("NFKC");

/** Why a password is not taken, as the end of a sentence that begins with "the password"; null when it is. */
export function faultOf(given: string, person: { readonly name: string; readonly email: string }): string | null {
  const password = plain(given);
  const length = [...passwordForm(given)].length;
  if (length < leastLength) return `must be at least ${leastLength} characters long`;
  if (length > mostLength) return `must be at most ${mostLength} characters long`;
  const [mailbox = ""] = person.email.split("@");
  const own = [person.name, person.email, mailbox].map((text) => plain(text).replace(/\s/g, ""));
  if (own.includes(password.replace(/\s/g, ""))) return "must not be the name or the e-mail address";
  if (common.has(password) || new Set(password).size === 1) return "is among those that are guessed first";
  return null;
}

/** @throws password_refused saying why */
export function requireGoodPassword(given: string, person: { readonly name: string; readonly email: string }): void {
  const fault = faultOf(given, person);
  if (fault !== null) throw new CartwrightError("password_refused", `the password ${fault}`);
}
