import { join, resolve } from 'node:path';
import type { ProcessEnvironment } from './cloud-environment';

/** Where everything of a local cloud is. */
export interface CloudFiles {
  /** Our extensions of moto, and `requirements.txt`. */
  readonly python: string;
  readonly requirements: string;
  /** Shared by all local clouds of a workspace. */
  readonly virtualEnvironment: string;
  readonly installLog: string;
  readonly byteCode: string;
  /** Of the running server: `server.json` and `server.log`. */
  readonly record: string;
  readonly log: string;
  /** What the images run, a file each, called after its digest. */
  readonly bundles: string;
  /** Held by the process that starts or stops the server. */
  readonly serverLock: string;
  /** Held by the process that makes the virtual environment. */
  readonly virtualEnvironmentLock: string;
}

/**
 * The files of the local cloud of a workspace. `NIGHTSHIFT_LOCAL_DIRECTORY` (absolute, or relative to the workspace) gives a
 * second, independent one, such as that of the end-to-end tests.
 */
export function cloudFiles(root: string, env: ProcessEnvironment): CloudFiles {
  const shared = join(root, '.nightshift', 'local');
  const chosen = env['NIGHTSHIFT_LOCAL_DIRECTORY'];
  const own = chosen ? resolve(root, chosen) : shared;
  const python = join(root, 'packages', 'local-cloud', 'python');
  return {
    python,
    requirements: join(python, 'requirements.txt'),
    virtualEnvironment: join(shared, 'venv'),
    installLog: join(shared, 'venv.log'),
    byteCode: join(shared, 'pycache'),
    record: join(own, 'server.json'),
    log: join(own, 'server.log'),
    bundles: join(own, 'bundles'),
    serverLock: join(own, 'server.lock'),
    virtualEnvironmentLock: join(shared, 'venv.lock'),
  };
}
