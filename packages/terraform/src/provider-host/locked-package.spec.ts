import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { installedIn, installEchoProvider } from '../testing/install-provider';
import { lockedPackage } from './locked-package';

describe('lockedPackage', () => {
  const root = temporaryDirectory();
  const directory = () => join(root(), 'network');
  const locked = () => lockedPackage(directory(), root());

  it('returns the installed provider whose checksum is in the lock file', async () => {
    const installed = installEchoProvider(directory());
    expect(await locked()).toEqual(installed);
    expect(await locked()).toEqual(installed);
  });

  it('returns none if its files have changed, even with the same size and time', async () => {
    const { binary } = installEchoProvider(directory());
    utimesSync(binary, 1, 1);
    await locked();
    const text = readFileSync(binary, 'utf8');
    writeFileSync(binary, text.replace('aws_echo', 'aws_evil'));
    utimesSync(binary, 1, 1);
    expect(await locked()).toBeUndefined();
    writeFileSync(binary, text);
    expect(await locked()).toBeDefined();
  });

  it('returns none with an additional file', async () => {
    installEchoProvider(directory());
    mkdirSync(join(installedIn(directory()), 'lib'));
    appendFileSync(join(installedIn(directory()), 'lib', 'a.so'), '');
    expect(await locked()).toBeUndefined();
  });

  it('computes the checksum of a folder as Go does', async () => {
    installEchoProvider(directory());
    const folder = installedIn(directory());
    writeFileSync(join(folder, 'terraform-provider-aws_v5.100.0.mjs'), 'binary\n');
    mkdirSync(join(folder, 'b'));
    writeFileSync(join(folder, 'b', 'c'), '');
    writeFileSync(join(folder, 'LICENSE.txt'), 'license\n');
    // dirhash.HashDir(folder, "", dirhash.Hash1)
    const checksum = 'h1:jBEJXKiuuswJNJHEDsmzy01gYOH3UqavnN5Vgj32Lno=';
    const lock = join(directory(), '.terraform.lock.hcl');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/h1:[^"]+/, checksum));
    expect(await locked()).toMatchObject({ checksum });
  });

  it('returns none if nothing is installed, locked or available for this platform', async () => {
    expect(await locked()).toBeUndefined();
    installEchoProvider(directory());
    expect(await lockedPackage(directory(), root(), { os: 'plan9', arch: 'amd64' })).toBeUndefined();
    writeFileSync(join(directory(), '.terraform.lock.hcl'), 'provider "registry.terraform.io/hashicorp/null" {\n}\n');
    expect(await locked()).toBeUndefined();
  });

  it('returns none without a binary', async () => {
    const { binary } = installEchoProvider(directory());
    renameSync(binary, join(installedIn(directory()), 'other'));
    const sum = createHash('sha256')
      .update(readFileSync(join(installedIn(directory()), 'other')))
      .digest('hex');
    const checksum = createHash('sha256').update(`${sum}  other\n`).digest('base64');
    const lock = join(directory(), '.terraform.lock.hcl');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/h1:[^"]+/, `h1:${checksum}`));
    expect(await locked()).toBeUndefined();
  });
});
