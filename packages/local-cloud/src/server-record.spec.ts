import { readdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newCloudKey, readServerRecord, removeServerRecord, writeServerRecord } from './server-record';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

describe('the server record', () => {
  const folder = temporaryDirectory();
  const path = () => join(folder(), 'deep', 'server.json');
  const record = { pid: 12, port: 45660, ...newCloudKey() };

  it('is read back, and leaves no temporary file', async () => {
    await writeServerRecord(path(), record);
    expect(await readServerRecord(path())).toEqual(record);
    expect(readdirSync(join(folder(), 'deep'))).toEqual(['server.json']);
  });

  it('is readable by this user only, in any folder', async () => {
    await writeServerRecord(path(), record);
    const modes = [path(), join(folder(), 'deep')].map((name) => statSync(name).mode & 0o777);
    expect(modes).toEqual([0o600, 0o700]);
  });

  it('can be removed twice', async () => {
    await writeServerRecord(path(), record);
    await removeServerRecord(path());
    await removeServerRecord(path());
    expect(await readServerRecord(path())).toBeUndefined();
  });

  it.each([['half of i'], ['null'], ['{"pid":"12","port":1}'], ['{"pid":12}'], ['{"pid":12,"port":1}'], ['']])(
    'counts as missing with the content %j',
    async (text) => {
      await writeServerRecord(path(), record);
      await writeFile(path(), text);
      expect(await readServerRecord(path())).toBeUndefined();
    },
  );
});

describe('newCloudKey', () => {
  it('is different each time, and too long to guess', () => {
    const [one, other] = [newCloudKey(), newCloudKey()];
    expect(one.accessKeyId).toMatch(/^NSLC[0-9A-F]{32}$/);
    expect(one.secretAccessKey).toMatch(/^[\w-]{40}$/);
    expect(one.controlToken).toMatch(/^[\w-]{40}$/);
    expect(new Set([...Object.values(one), ...Object.values(other)]).size).toBe(6);
  });
});
