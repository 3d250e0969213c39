/** What an archive unpacks to, without keeping any of it. */
import { fromBufferPromise } from "yauzl";

/**
 * Unpacks every entry and forgets it, as what an archive says of its sizes may be a lie that another reader believes.
 *
 * @throws RangeError when the entries unpack to more than `most` bytes, or to another size than they say
 */
export async function requireUnzipped(content: Buffer, most: number): Promise<void> {
  const archive = await fromBufferPromise(content, { lazyEntries: true, validateEntrySizes: true });
  let bytes = 0;
  for await (const entry of archive.eachEntry()) {
    bytes += entry.uncompressedSize;
    if (bytes > most) throw new RangeError(`it unpacks to more than ${most} bytes`);
    // The stream fails where the entry is not of the size it says.
    for await (const _ of await archive.openReadStreamPromise(entry));
  }
}
