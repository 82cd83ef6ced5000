// `npm run -s sbom > nightshift.cdx.json` writes a bill of materials as CycloneDX: the npm packages, the Python packages of the local
// cloud and the scan, the Terraform provider, and the base image of the reference workload.
import { execFileSync } from 'node:child_process';
import { root } from './ensure-installed.mjs';
import { baseImages, dockerfiles, providers, pythonLocks, pythonPackages } from './supply-chain/locked.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
// From the lock file, because node_modules lacks the packages of other platforms.
const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
const bom = JSON.parse(execFileSync(npm, args, { cwd: root, maxBuffer: 1 << 26, shell: npm !== 'npm' }));
// npm uses the name of the folder.
bom.metadata.component.name = 'nightshift';

const others = [
  ...pythonLocks.flatMap(pythonPackages).map(({ name, version }) => ({
    name,
    version,
    purl: `pkg:pypi/${name.toLowerCase().replace(/[._]+/g, '-')}@${version}`,
  })),
  ...providers().map(({ name, version }) => ({ name, version, purl: `pkg:generic/${name}@${version}` })),
  ...dockerfiles.flatMap(baseImages).map((image) => {
    const [name, digest] = image.split('@');
    return {
      type: 'container',
      name: name.split(':')[0],
      version: name.split(':')[1],
      purl: `pkg:docker/${name.split(':')[0]}@${digest ?? name.split(':')[1]}`,
    };
  }),
];
const known = new Set(bom.components.map((component) => component['bom-ref']));
for (const component of others) {
  if (known.has(component.purl)) continue;
  known.add(component.purl);
  bom.components.push({ 'bom-ref': component.purl, type: 'library', ...component });
}
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`);
