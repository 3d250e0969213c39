/** How many questions run at once, of all and of each person, and how many wait. */
import { z } from "zod";

const count = (most: number, fallback: number, words: string) =>
  z.int().min(1).max(most).default(fallback).describe(words);

export const questionsSchema = z
  .strictObject({
    at_once: count(32, 16, "Most questions of cards that the engine answers at one time; the others wait in line"),
    at_once_per_person: count(32, 8, "The same of one person, token or visitor of a shared link"),
    waiting_per_person: count(10_000, 200, "Most questions of one person that wait; one more is refused"),
    long_at_once: count(
      32,
      4,
      "Most exports, SQL statements and assistants' questions that run at one time; they let cards go first",
    ),
    long_at_once_per_person: count(32, 2, "The same of one person or token"),
    long_waiting_per_person: count(10_000, 20, "Most of one person that wait; one more is refused"),
  })
  .prefault({})
  .describe("Questions that run at once, and those that wait in line: the next place is for who has fewest running");
