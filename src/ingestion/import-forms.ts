/** What a file can be understood as: the presets, and the kinds of rows with their fields. */
import { presets } from "../sources/presets.ts";
import { kindNames, kinds } from "./kinds.ts";

export const importForms = {
  presets: presets.map(({ name, title }) => ({ name, title })),
  kinds: kindNames.map((name) => ({
    name,
    meaning: kinds[name].meaning,
    fields: Object.entries(kinds[name].fields).map(([field, { type, isRequired, meaning, values }]) => ({
      name: field,
      type,
      is_required: isRequired ?? false,
      meaning,
      values: values ?? null,
    })),
  })),
};
