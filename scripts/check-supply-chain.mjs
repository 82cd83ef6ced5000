// Checks that everything that is installed is pinned with a hash and has an allowed licence. It uses no network: `npm run audit` finds
// known vulnerabilities.
import {
  apkPackages,
  baseImages,
  dockerfiles,
  npmPackages,
  pythonLocks,
  pythonPackages,
  text,
} from './supply-chain/locked.mjs';

/** https://spdx.org/licenses. MPL-2.0 concerns only changed files of a package, and we change none. */
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

/** Packages under another licence, and why they are acceptable. */
const EXCEPTIONS = {
  'caniuse-lite': ['CC-BY-4.0', 'a table of browsers, used only by test tools'],
  jsonify: ['Public Domain', 'no restrictions'],
  openpgp: ['LGPL-3.0+', 'an unchanged library that downloads Terraform; it is not distributed'],
};

/** Packages with an install script, and why they work without it: .npmrc sets ignore-scripts. */
const INSTALL_SCRIPTS = {
  '@parcel/watcher': 'compiles if the platform has no binary; only the Nx daemon watches files, and it is off',
  '@swc/core': 'looks for the binary of the platform, which is a separate package',
  esbuild: 'replaces the start script with the binary, which is a separate package',
  nx: 'prepares the daemon, which is off',
  'unrs-resolver': 'looks for the binary of the platform, which is a separate package',
};

const packages = npmPackages();
const withScripts = [...new Set(packages.filter((one) => one.hasInstallScript).map(({ name }) => name))];
const problems = [
  ...packages.flatMap(lockProblems),
  ...packages.flatMap(licenceProblems),
  ...Object.keys(EXCEPTIONS)
    .filter((name) => !packages.some((one) => one.name === name))
    .map((name) => `scripts/check-supply-chain.mjs: ${name} is not installed any more - remove its exception`),
  ...(/^ignore-scripts=true$/m.test(text('.npmrc'))
    ? []
    : ['.npmrc: lets packages run install scripts - write ignore-scripts=true']),
  ...withScripts
    .filter((name) => !INSTALL_SCRIPTS[name])
    .map(
      (name) =>
        `package-lock.json: ${name} has an install script, which is not run - say in this check how it works without`,
    ),
  ...Object.keys(INSTALL_SCRIPTS)
    .filter((name) => !withScripts.includes(name))
    .map(
      (name) =>
        `scripts/check-supply-chain.mjs: ${name} has no install script any more - remove it from INSTALL_SCRIPTS`,
    ),
  ...pythonLocks.flatMap((file) => pythonPackages(file).flatMap((one) => pythonProblems(one, file))),
  ...dockerfiles.flatMap((file) => [
    ...baseImages(file).flatMap((image) => imageProblems(image, file)),
    ...apkPackages(file).flatMap((one) => apkProblems(one, file)),
  ]),
];

for (const problem of problems) console.error(problem);
console.log(
  `supply chain: ${packages.length} packages of npm, ${pythonLocks.flatMap(pythonPackages).length} of PyPI, ${dockerfiles.flatMap(baseImages).length} image, ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** The hash of a package also covers the packages inside it. */
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

/** `(A OR B) AND C`: one licence of each alternative must be allowed. */
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

function apkProblems(argument, file) {
  return /=\d[\w.]*-r\d+$/.test(argument) ? [] : [`${file}: ${argument} is not pinned - write ${argument}=<version>`];
}
