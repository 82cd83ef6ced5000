export { isProcessAlive, withFileLock, type FileLockOptions, type LockHost } from './file-lock';
export { isFile, readOptionalDirectory, readOptionalFile, undefinedIf, writeFileAtomically } from './whole-files';
export { keepRecord, asUserError } from './system-error';
export { type LiveLine, LiveLines } from './live-lines';
