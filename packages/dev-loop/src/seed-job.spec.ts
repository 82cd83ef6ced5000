import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { sendJob, serviceAnswer } from './seed-job';

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

describe('serviceAnswer', () => {
  it('has the status and the version', async () => {
    expect(await serviceAnswer(url, () => answer('ok'))).toEqual({ status: 200, version: 'dev-1' });
    expect(await serviceAnswer(url, () => answer(null, {}))).toEqual({ status: 200, version: undefined });
  });

  it('is undefined without a response', async () => {
    expect(await serviceAnswer('http://127.0.0.1:1')).toBeUndefined();
  });
});
