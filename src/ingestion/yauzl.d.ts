/** What is used of yauzl, which comes without types. */
declare module "yauzl" {
  import type { Readable } from "node:stream";

  interface Entry {
    readonly fileName: string;
    readonly uncompressedSize: number;
  }
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }
  export function fromBufferPromise(
    content: Buffer,
    options: { readonly lazyEntries: true; readonly validateEntrySizes: true },
  ): Promise<ZipFile>;
}
