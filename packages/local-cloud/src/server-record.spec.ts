import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readServerRecord, removeServerRecord, writeServerRecord } from './server-record';
import { temporaryFolder } from './testing/temporary-folder';

describe('the server record', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'deep', 'server.json');
  const record = { pid: 12, port: 45660 };

  it('is read back, and leaves nothing beside it', async () => {
    await writeServerRecord(path(), record);
    expect(await readServerRecord(path())).toEqual(record);
    expect(readdirSync(join(folder(), 'deep'))).toEqual(['server.json']);
  });

  it('can be removed, also twice', async () => {
    await writeServerRecord(path(), record);
    await removeServerRecord(path());
    await removeServerRecord(path());
    expect(await readServerRecord(path())).toBeUndefined();
  });

  it.each([['half of i'], ['null'], ['{"pid":"12","port":1}'], ['{"pid":12}'], ['']])(
    'is taken for missing where its text is %j',
    async (text) => {
      await writeServerRecord(path(), record);
      await writeFile(path(), text);
      expect(await readServerRecord(path())).toBeUndefined();
    },
  );
});
