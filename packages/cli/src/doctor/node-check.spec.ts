import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINIMUM_NODE, nodeCheck } from './node-check';

const root = join(__dirname, '..', '..', '..', '..');

describe('nodeCheck', () => {
  it('asks for what package.json and the installer ask for', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${String(MINIMUM_NODE)}`);
    expect(readFileSync(join(root, 'scripts', 'ensure-installed.mjs'), 'utf8')).toContain(
      `const MINIMUM_NODE = ${String(MINIMUM_NODE)};`,
    );
  });

  it.each(['20.0.0', '24.1.0'])('is content with %s', async (version) => {
    expect(await nodeCheck(version).look()).toEqual({ mark: 'OK', detail: version });
  });

  it('says what to install in place of one that is too old', async () => {
    expect(await nodeCheck('18.20.4').look()).toEqual({
      mark: 'NG',
      detail: '18.20.4 is too old',
      remedy: 'install version 20 or newer: https://nodejs.org',
    });
  });
});
