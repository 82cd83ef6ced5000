// Everything that is installed is pinned with a hash, under a licence that is allowed. Asks no one: what is known to be vulnerable is
// found by `npm run audit`.
import { baseImages, dockerfiles, npmPackages, pythonLocks, pythonPackages } from './supply-chain/locked.mjs';

/** https://spdx.org/licenses. MPL-2.0 obliges whoever changes a file of the package, and nobody does. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Python-2.0',
];

/** Packages under another licence, and why that is no harm. */
const EXCEPTIONS = {
  'caniuse-lite': ['CC-BY-4.0', 'a table of browsers, in the tools of the tests only'],
  jsonify: ['Public Domain', 'anybody may do anything with it'],
  openpgp: ['LGPL-3.0+', 'used as it is, as a library, by the download of Terraform; nothing of it is handed on'],
};

const packages = npmPackages();
const problems = [
  ...packages.flatMap(lockProblems),
  ...packages.flatMap(licenceProblems),
  ...Object.keys(EXCEPTIONS)
    .filter((name) => !packages.some((one) => one.name === name))
    .map((name) => `scripts/check-supply-chain.mjs: ${name} is not installed any more - remove its exception`),
  ...pythonLocks.flatMap((file) => pythonPackages(file).flatMap((one) => pythonProblems(one, file))),
  ...dockerfiles.flatMap((file) => baseImages(file).flatMap((image) => imageProblems(image, file))),
];

for (const problem of problems) console.error(problem);
console.log(
  `supply chain: ${packages.length} packages of npm, ${pythonLocks.flatMap(pythonPackages).length} of PyPI, ${dockerfiles.flatMap(baseImages).length} image, ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** What comes inside another package is covered by the hash of that. */
function lockProblems({ name, version, integrity, inBundle }) {
  if (inBundle || /^sha512-/.test(integrity ?? '')) return [];
  return [`package-lock.json: ${name} ${version} has no SHA-512 - install it from a registry that gives one`];
}

function licenceProblems({ name, license = 'none' }) {
  if (EXCEPTIONS[name]?.[0] === license || isAllowed(license)) return [];
  return [
    `package-lock.json: ${name} has the licence ${license} - do without it, or say in this check why it may stay`,
  ];
}

/** `(A OR B) AND C`: one of each alternative has to be allowed. */
function isAllowed(expression) {
  return expression
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((licence) => ALLOWED.includes(licence)));
}

function pythonProblems({ name, version, hashes }, file) {
  if (version === undefined) return [`${file}: ${name} is not pinned - write ==<version>`];
  return hashes.length > 0 ? [] : [`${file}: ${name} has no hash - write the file again as its head says`];
}

function imageProblems(image, file) {
  return /@sha256:[0-9a-f]{64}$/.test(image)
    ? []
    : [`${file}: ${image} has no digest - write <image>:<tag>@sha256:<digest>`];
}
