import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '@nightshift/errors';
import type { ProcessEnvironment } from './cloud-environment';

/** The paths of a local cloud. */
export interface CloudFiles {
  /** The extensions of moto, and `requirements.txt`. */
  readonly python: string;
  readonly requirements: string;
  /** Shared by all local clouds of a workspace. */
  readonly virtualEnvironment: string;
  readonly installLog: string;
  readonly byteCode: string;
  /** Record of the running server: `server.json`, next to `server.log`. */
  readonly record: string;
  readonly log: string;
  /** Directory of the workloads of images. Each file is named after its digest. */
  readonly bundles: string;
  /** Log of a server that ended unexpectedly. */
  readonly previousLog: string;
  /** A file for each process that uses the server. */
  readonly users: string;
  /** Held by the process that starts or stops the server. */
  readonly serverLock: string;
  /** Held by the process that deploys a whole environment. */
  readonly deployLock: string;
  /** Held by the process that makes the virtual environment. */
  readonly virtualEnvironmentLock: string;
}

const DIRECTORY_VARIABLE = 'NIGHTSHIFT_LOCAL_DIRECTORY';
const OWN = 0o700;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * The files of the local cloud of a workspace. `NIGHTSHIFT_LOCAL_DIRECTORY` (absolute, or relative to the workspace) gives a
 * second, independent one, such as that of the end-to-end tests.
 */
export function cloudFiles(root: string, env: ProcessEnvironment): CloudFiles {
  const shared = join(root, '.nightshift', 'local');
  const chosen = env[DIRECTORY_VARIABLE];
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
    previousLog: join(own, 'server.previous.log'),
    users: join(own, 'users'),
    deployLock: join(own, 'deploy.lock'),
    serverLock: join(own, 'server.lock'),
    virtualEnvironmentLock: join(shared, 'venv.lock'),
  };
}

/**
 * Creates the folders of a local cloud, with `.nightshift/local` accessible to this user only. Does not change the mode of a folder in
 * `NIGHTSHIFT_LOCAL_DIRECTORY`.
 * @throws UserError when other users can write into that folder: they could put another server, or code to run, in its place.
 */
export async function makeCloudFolders(
  { record, virtualEnvironment }: Pick<CloudFiles, 'record' | 'virtualEnvironment'>,
  platform: NodeJS.Platform,
): Promise<void> {
  const [shared, own] = [dirname(virtualEnvironment), dirname(record)];
  await mkdir(shared, { recursive: true, mode: OWN });
  await mkdir(own, { recursive: true, mode: OWN });
  // On Windows, a folder inherits the access control list of the user's folder.
  if (platform === 'win32') return;
  await chmod(shared, OWN);
  const { mode } = await stat(own);
  if ((mode & WRITABLE_BY_OTHERS) === 0) return;
  throw new UserError({
    where: DIRECTORY_VARIABLE,
    what: 'other users can write into the folder',
    got: `${own} with mode ${(mode & 0o777).toString(8)}`,
    todo: `name a folder of your own, or run: chmod 700 ${own}`,
  });
}
