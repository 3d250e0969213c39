/** A whole workspace into one folder while it is used, and back. */
export { type BackupOptions, type BackupOutcome, backUp } from "./backup.ts";
export { type Manifest, manifestName as backupManifestName } from "./manifest.ts";
export { type RestoreOptions, restore } from "./restore.ts";
