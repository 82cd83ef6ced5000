import { readdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newCloudKey, readServerRecord, removeServerRecord, writeServerRecord } from './server-record';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

describe('the server record', () => {
  const folder = temporaryDirectory();
  const path = () => join(folder(), 'deep', 'server.json');
  const record = { pid: 12, port: 45660, ...newCloudKey() };

  it('is read back, and leaves nothing beside it', async () => {
    await writeServerRecord(path(), record);
    expect(await readServerRecord(path())).toEqual(record);
    expect(readdirSync(join(folder(), 'deep'))).toEqual(['server.json']);
  });

  it('can be read by this user only, wherever the folder is', async () => {
    await writeServerRecord(path(), record);
    const modes = [path(), join(folder(), 'deep')].map((name) => statSync(name).mode & 0o777);
    expect(modes).toEqual([0o600, 0o700]);
  });

  it('can be removed, also twice', async () => {
    await writeServerRecord(path(), record);
    await removeServerRecord(path());
    await removeServerRecord(path());
    expect(await readServerRecord(path())).toBeUndefined();
  });

  it.each([['half of i'], ['null'], ['{"pid":"12","port":1}'], ['{"pid":12}'], ['{"pid":12,"port":1}'], ['']])(
    'is taken for missing where its text is %j',
    async (text) => {
      await writeServerRecord(path(), record);
      await writeFile(path(), text);
      expect(await readServerRecord(path())).toBeUndefined();
    },
  );
});

describe('newCloudKey', () => {
  it('is another one each time, and long enough not to be guessed', () => {
    const [one, other] = [newCloudKey(), newCloudKey()];
    expect(one.accessKeyId).toMatch(/^NSLC[0-9A-F]{32}$/);
    expect(one.secretAccessKey).toMatch(/^[\w-]{40}$/);
    expect(one.controlToken).toMatch(/^[\w-]{40}$/);
    expect(new Set([...Object.values(one), ...Object.values(other)]).size).toBe(6);
  });
});
