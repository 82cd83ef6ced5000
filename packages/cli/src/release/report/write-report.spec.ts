import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeEffects } from '../../testing/fake-effects';
import { writeReport } from './write-report';

describe('writeReport', () => {
  const root = mkdtempSync(join(tmpdir(), 'report-'));
  const effects = new FakeEffects();
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  const write = (
    summary?: string,
    env = {},
    keep: 'always' | 'unless-there' | 'never' = 'always',
    markdown = '### a\n\n',
  ) =>
    writeReport({
      suffix: 'dev',
      deploymentId: 'd-1',
      markdown,
      keep,
      summary,
      effects: Object.assign(effects, { root, cwd: root, env }),
    });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('keeps the report beside what was synthesized', async () => {
    expect(await write()).toBe('cdktf.out/dev/releases/d-1.md');
    expect(text('cdktf.out/dev/releases/d-1.md')).toBe('### a\n\n');
  });

  it('is not written over by one who knows less', async () => {
    expect(await write(undefined, {}, 'unless-there', 'less')).toBe('cdktf.out/dev/releases/d-1.md');
    expect(text('cdktf.out/dev/releases/d-1.md')).toBe('### a\n\n');
    rmSync(join(root, 'cdktf.out'), { recursive: true });
    await write(undefined, {}, 'unless-there', 'less');
    expect(text('cdktf.out/dev/releases/d-1.md')).toBe('less');
  });

  it('is not kept of a release that goes on, but added to the summary', async () => {
    rmSync(join(root, 'cdktf.out'), { recursive: true });
    expect(await write('going-on.md', {}, 'never')).toBeUndefined();
    expect(existsSync(join(root, 'cdktf.out'))).toBe(false);
    expect(text('going-on.md')).toBe('### a\n\n');
  });

  it('fails nobody where it cannot be written', async () => {
    writeFileSync(join(root, 'file'), '');
    expect(await write('file/summary.md', {}, 'never')).toBeUndefined();
    expect(effects.printed.stderr).toBe(
      `warning the summary cannot be kept: ENOTDIR: not a directory, open '${join(root, 'file/summary.md')}'\n`,
    );
    rmSync(join(root, 'cdktf.out'), { recursive: true, force: true });
    writeFileSync(join(root, 'cdktf.out'), '');
    expect(await write()).toBeUndefined();
    expect(effects.printed.stderr).toContain('warning the report cannot be kept: ENOTDIR');
    rmSync(join(root, 'cdktf.out'));
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
