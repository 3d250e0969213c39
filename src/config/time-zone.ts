import { z } from "zod";

/** Every name of a zone, also those that are not the canonical one on this machine: Asia/Kolkata beside Asia/Calcutta. */
function isTimeZone(name: string): boolean {
  if (name !== "UTC" && !/^[A-Z][A-Za-z_]+\/[\w+/-]+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a setting that names a time zone must be. */
export const timeZoneSchema = z.string().refine(isTimeZone, "must be an IANA time zone such as Europe/London");
