// `npm run -s sbom > nightshift.cdx.json`: what the tool is made of, as CycloneDX: what npm knows, and beside it the Python packages of
// the local cloud and the scan, the Terraform provider and the image that the reference workload begins with.
import { execFileSync } from 'node:child_process';
import { root } from './ensure-installed.mjs';
import { baseImages, dockerfiles, providers, pythonLocks, pythonPackages } from './supply-chain/locked.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
// From the lock file: what is on the disk may lack what other platforms install.
const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
const bom = JSON.parse(execFileSync(npm, args, { cwd: root, maxBuffer: 1 << 26, shell: npm !== 'npm' }));
// npm takes the name of the folder.
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
