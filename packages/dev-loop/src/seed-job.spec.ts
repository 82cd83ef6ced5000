import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { answeringVersion, sendJob } from './seed-job';

const directory = temporaryDirectory();

const answer = (body: string | null, headers: Record<string, string> = { 'X-Version': 'dev-1' }) =>
  Promise.resolve(new Response(body, { status: 200, headers }));

const url = 'http://127.0.0.1:20001';

describe('the sample job', () => {
  const job = () => {
    const file = join(directory(), 'job.json');
    writeFileSync(file, '{"positions":[]}');
    return file;
  };

  it('is sent to the service, and the answer names its version', async () => {
    const send = jest.fn(() => answer('{"valueAtRisk":55.25}\n'));
    expect(await sendJob({ url, job: job(), send })).toEqual({
      status: 200,
      version: 'dev-1',
      body: '{"valueAtRisk":55.25}',
    });
    const headers = { 'Content-Type': 'application/json' };
    expect(send).toHaveBeenCalledWith(`${url}/jobs`, { method: 'POST', headers, body: '{"positions":[]}' });
  });

  it('accepts an answer without a version', async () => {
    expect(await sendJob({ url, job: job(), send: () => answer('', {}) })).toMatchObject({
      version: 'an unknown version',
    });
  });

  it('reports that the service does not respond', async () => {
    const send = () => Promise.reject(new Error('fetch failed'));
    await expect(sendJob({ url, job: job(), send })).rejects.toThrow(
      `${url}/jobs: the service does not answer, got fetch failed - see its tasks: npx nightshift tasks`,
    );
  });
});

describe('the running version', () => {
  it('is in the response', async () => {
    expect(await answeringVersion(url, () => answer('ok'))).toBe('dev-1');
    expect(await answeringVersion(url, () => answer(null, {}))).toBeUndefined();
  });

  it('is unknown without a response', async () => {
    expect(await answeringVersion(url, () => Promise.reject(new Error('fetch failed')))).toBeUndefined();
  });
});
