import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReport } from './write-report';

describe('writeReport', () => {
  const root = mkdtempSync(join(tmpdir(), 'report-'));
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  const write = (summary?: string, env = {}) =>
    writeReport({
      suffix: 'dev',
      deploymentId: 'd-1',
      markdown: '### a\n\n',
      summary,
      effects: { root, cwd: root, env },
    });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('keeps the report beside what was synthesized', async () => {
    expect(await write()).toBe('cdktf.out/dev/releases/d-1.md');
    expect(text('cdktf.out/dev/releases/d-1.md')).toBe('### a\n\n');
  });

  it('adds it to the summary of the job on GitHub, or to the file that is named', async () => {
    const env = { GITHUB_STEP_SUMMARY: join(root, 'job.md') };
    await write(undefined, env);
    await write(undefined, env);
    await write('named.md', env);
    expect(text('job.md')).toBe('### a\n\n### a\n\n');
    expect(text('named.md')).toBe('### a\n\n');
  });
});
