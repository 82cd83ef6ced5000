import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeTerminal } from '@nightshift/console/testing';
import { releaseMarkdown, writeReport } from './release-report';
import { recordFixture } from './testing/record-fixture';
import { at, gateFixture, snapshotFixture } from './testing/snapshot-fixture';

describe('writeReport', () => {
  const root = mkdtempSync(join(tmpdir(), 'report-'));
  const effects = new FakeTerminal();
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

  it('writes the report next to the synthesized files', async () => {
    expect(await write()).toBe('cdktf.out/dev/releases/d-1.md');
    expect(text('cdktf.out/dev/releases/d-1.md')).toBe('### a\n\n');
  });

  it('does not overwrite it with less information', async () => {
    expect(await write(undefined, {}, 'unless-there', 'less')).toBe('cdktf.out/dev/releases/d-1.md');
    expect(text('cdktf.out/dev/releases/d-1.md')).toBe('### a\n\n');
    rmSync(join(root, 'cdktf.out'), { recursive: true });
    await write(undefined, {}, 'unless-there', 'less');
    expect(text('cdktf.out/dev/releases/d-1.md')).toBe('less');
  });

  it('does not write it during a release, but adds it to the summary', async () => {
    rmSync(join(root, 'cdktf.out'), { recursive: true });
    expect(await write('going-on.md', {}, 'never')).toBeUndefined();
    expect(existsSync(join(root, 'cdktf.out'))).toBe(false);
    expect(text('going-on.md')).toBe('### a\n\n');
  });

  it('continues if it cannot write', async () => {
    writeFileSync(join(root, 'file'), '');
    expect(await write('file/summary.md', {}, 'never')).toBeUndefined();
    expect(effects.printed.stderr).toBe(
      `warning cannot save the summary: ENOTDIR: not a directory, open '${join(root, 'file/summary.md')}'\n`,
    );
    rmSync(join(root, 'cdktf.out'), { recursive: true, force: true });
    writeFileSync(join(root, 'cdktf.out'), '');
    expect(await write()).toBeUndefined();
    expect(effects.printed.stderr).toContain('warning cannot save the report: ENOTDIR');
    rmSync(join(root, 'cdktf.out'));
  });

  it('adds it to the GitHub job summary, or to a given file', async () => {
    const env = { GITHUB_STEP_SUMMARY: join(root, 'job.md') };
    await write(undefined, env);
    await write(undefined, env);
    await write('named.md', env);
    expect(text('job.md')).toBe('### a\n\n### a\n\n');
    expect(text('named.md')).toBe('### a\n\n');
  });
});

const title = 'release of prod succeeded';

const deploymentId = 'd-8QZ4K1P2N';

describe('the report of a release', () => {
  it('is Markdown with all details', () => {
    const verification = { outcome: 'not-verified', text: 'nobody may', time: at(3).toISOString() } as const;
    const record = recordFixture({ cause: 'a | b <script>', duringWindow: 'urgent', verification });
    const task = { id: '3f2a1b00cafe', version: '9a01b7c', stoppedAt: at(4), reason: 'exited', logLines: ['a ``` b'] };
    const snapshot = snapshotFixture({ alarms: [gateFixture()], stoppedTasks: [task] });
    expect(releaseMarkdown({ title, deploymentId, record, snapshot })).toBe(`### release of prod succeeded

|  |  |
| --- | --- |
| deployment | d-8QZ4K1P2N |
| from | 4f1c2e9, ${String(record.from.digest)}, ecs-task-dev:12 |
| to | 9a01b7c, ${String(record.to.digest)}, ecs-task-dev:13 |
| by | arn:aws:sts::123456789012:assumed-role/deploy/night |
| started | 2026-11-24 02:00:00 UTC |
| ended | 2026-11-24 02:38:40 UTC |
| why | a \\| b &lt;script> |
| verified | no: nobody may |
| processing window overridden, reason | urgent |
| phases | starting the new tasks 2 min 35 s, shifting traffic 9 min 00 s |

|  | version | task definition | traffic | running | failed | healthy | Spot |
| --- | --- | --- | --- | --- | --- | --- | --- |
| current (blue) | 4f1c2e9 | ecs-task-prod:12 | 40 % | 3 of 3 | 0 | 3 | 2 of 3 |
| new (green) | 9a01b7c | ecs-task-prod:13 | 60 % | 3 of 3 | 0 | 3 | 2 of 3 |

| gate | state | latest | alarm at |
| --- | --- | --- | --- |
| alarm-gate-5xx-prod | OK | 0 | > 10 |

<details><summary>Stopped tasks</summary>

\`\`\`\`text
02:04:00 task 3f2a1b00 of 9a01b7c stopped: exited
  | a \`\`\` b
\`\`\`\`

</details>

<details><summary>Events</summary>

\`\`\`text
2026-11-24 02:00:05 UTC Install begins
\`\`\`

</details>

`);
  });

  it('omits unknown details', () => {
    expect(releaseMarkdown({ title, deploymentId, record: undefined, snapshot: undefined })).toBe(
      '### release of prod succeeded\n\n|  |  |\n| --- | --- |\n| deployment | d-8QZ4K1P2N |\n\n',
    );
    const bare = recordFixture({ from: {}, events: [], durations: {} });
    expect(releaseMarkdown({ title, deploymentId, record: bare, snapshot: snapshotFixture() })).not.toMatch(
      /details|\| from |\| phases /,
    );
  });
});
