/** The import in hand, as the server answers it. */
export type SourceOf =
  | string
  | {
      readonly column?: string;
      readonly columns?: readonly string[];
      readonly value?: string;
      readonly values?: Readonly<Record<string, string>>;
      readonly prefix?: string;
    };

/** How columns of a file become fields; the same form as a file given to `cartwright import --map`. */
export interface Mapping {
  readonly kind: string;
  readonly columns: Readonly<Record<string, SourceOf>>;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly decimal?: string;
  readonly date_order?: string;
}

export interface RefusedRow {
  readonly source_row: number;
  readonly line: number;
  readonly column_name: string;
  readonly value: string;
  readonly reason: string;
  /** Null where the row is too long to be sent. */
  readonly raw: string | null;
  readonly correction: { readonly values?: Readonly<Record<string, string>>; readonly raw?: string } | null;
  readonly is_corrected: boolean;
}

export interface Preview {
  readonly format: string;
  readonly preset: string;
  readonly kind: string;
  readonly mapping: readonly { readonly field: string; readonly column: string }[];
  readonly unmapped: readonly string[];
  readonly unmapped_kept_in: string | null;
  readonly style: {
    readonly delimiter: string | null;
    readonly encoding: string;
    readonly decimal: string;
    readonly dateOrder: string;
  };
  readonly reasons: readonly { readonly about: string; readonly because: string }[];
  readonly same_as: number | null;
  readonly read_rows: number;
  readonly new_rows: number;
  readonly duplicate_rows: number | null;
  readonly rejected_rows: number;
  readonly corrected_rows: number;
  readonly first_rows: readonly Readonly<Record<string, string>>[];
  readonly rejects: readonly RefusedRow[];
}

export interface ImportedBatch {
  readonly batch_key: number;
  readonly state: string;
  readonly kind: string;
  readonly read_rows: number;
  readonly loaded_rows: number;
  readonly duplicate_rows: number;
  readonly rejected_rows: number;
  readonly first_on: string | null;
  readonly last_on: string | null;
  readonly message: string;
}

export interface ImportInHand {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly step: "uploading" | "checking" | "unclear" | "ready" | "loading" | "done";
  readonly file_bytes: number;
  readonly progress: {
    readonly stage: "waiting" | "checking" | "loading" | "building";
    readonly read_rows: number;
    readonly read_bytes: number;
    readonly total_bytes: number;
  } | null;
  readonly problem: {
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly remedy: string;
  } | null;
  readonly preset: string | null;
  readonly replace: number | null;
  readonly mapping: Mapping | null;
  readonly columns: readonly string[];
  readonly samples: readonly (readonly string[])[];
  readonly namesakes: readonly {
    readonly batch_key: number;
    readonly loaded_rows: number;
    readonly finished_at: string | null;
  }[];
  readonly preview: Preview | null;
  readonly batch: ImportedBatch | null;
}

export interface CurrentImport {
  readonly current: ImportInHand | null;
  readonly max_file_bytes: number;
}

export interface ImportForms {
  readonly presets: readonly { readonly name: string; readonly title: string }[];
  readonly kinds: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly fields: readonly {
      readonly name: string;
      readonly type: string;
      readonly is_required: boolean;
      readonly meaning: string;
      readonly values: readonly string[] | null;
    }[];
  }[];
}
