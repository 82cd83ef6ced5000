// Reads the pinned packages of the repository, for the supply chain check and the bill of materials.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure-installed.mjs';

/** The lock files of pip. */
export const pythonLocks = [
  'packages/local-cloud/python/requirements.txt',
  'scripts/python-requirements.txt',
  'scripts/scan/requirements.txt',
];

export const dockerfiles = ['apps/batch-processor/Dockerfile'];

export function text(file) {
  // A checkout may have Windows line endings.
  return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
}

/** The installed npm packages, without our own packages and links to them. */
export function npmPackages() {
  const { packages } = JSON.parse(text('package-lock.json'));
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), ...entry }));
}

/** The requirements in a lock file of pip. */
export function pythonPackages(file) {
  const lines = text(file).replace(/#.*$/gm, '').replace(/\\\n/g, ' ').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = line.trim(), version] = /^([\w.-]+)==([\w.]+)/.exec(line) ?? [];
      return { name, version, hashes: [...line.matchAll(/--hash=sha256:([0-9a-f]{64})/g)].map(([, hash]) => hash) };
    });
}

/** The base images of a Dockerfile, without its own stages. */
export function baseImages(file) {
  const from = [...text(file).matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/gim)];
  const stages = from.map(([, , stage]) => stage);
  return [...new Set(from.map(([, image]) => image))].filter((image) => !stages.includes(image) && image !== 'scratch');
}

/** The packages that a Dockerfile installs with Alpine's package manager, as `<name>=<version>`. */
export function apkPackages(file) {
  return [...text(file).matchAll(/\bapk add ([^&|;\n\\]+)/g)].flatMap(([, words]) =>
    words.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-')),
  );
}

/** The name and version of each provider in Terraform's lock file. */
export function providers() {
  const lock = text('packages/terraform/.terraform.lock.hcl');
  return [...lock.matchAll(/provider "([^"]+)" \{\s+version\s+= "([^"]+)"/g)].map(([, name, version]) => ({
    name,
    version,
  }));
}
