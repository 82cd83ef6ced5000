import { recordFixture } from '../testing/record-fixture';
import { at, gateFixture, snapshotFixture } from '../testing/snapshot-fixture';
import { releaseMarkdown } from './release-markdown';

const title = 'release of prod succeeded';
const deploymentId = 'd-8QZ4K1P2N';

describe('the report of a release', () => {
  it('is Markdown with all that a reader asks for', () => {
    const record = recordFixture({ cause: 'a | b <script>', duringWindow: 'urgent' });
    const task = { id: '3f2a1b00cafe', version: '9a01b7c', stoppedAt: at(4), reason: 'exited', logLines: ['a ``` b'] };
    const snapshot = snapshotFixture({ alarms: [gateFixture()], stoppedTasks: [task] });
    expect(releaseMarkdown({ title, deploymentId, record, snapshot })).toBe(`### release of prod succeeded

|  |  |
| --- | --- |
| deployment | d-8QZ4K1P2N |
| from | 4f1c2e9, ${String(record.from.digest)}, ecs-task-dev:12 |
| to | 9a01b7c, ${String(record.to.digest)}, ecs-task-dev:13 |
| by | arn:aws:sts::123456789012:assumed-role/deploy/night |
| started | 2026-11-24T02:00:00.000Z |
| ended | 2026-11-24T02:38:40.000Z |
| why | a \\| b &lt;script> |
| in a processing window, because | urgent |
| phases | installing 2 min 35 s, shifting 9 min 00 s |

|  | version | task definition | traffic | running | failed | healthy | Spot |
| --- | --- | --- | --- | --- | --- | --- | --- |
| blue | 4f1c2e9 | ecs-task-prod:12 | 40 % | 3 of 3 | 0 | 3 | 2 of 3 |
| green | 9a01b7c | ecs-task-prod:13 | 60 % | 3 of 3 | 0 | 3 | 2 of 3 |

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
2026-11-24T02:00:05.000Z Install begins
\`\`\`

</details>

`);
  });

  it('says what is known where little is', () => {
    expect(releaseMarkdown({ title, deploymentId, record: undefined, snapshot: undefined })).toBe(
      '### release of prod succeeded\n\n|  |  |\n| --- | --- |\n| deployment | d-8QZ4K1P2N |\n\n',
    );
    const bare = recordFixture({ from: {}, events: [], durations: {} });
    expect(releaseMarkdown({ title, deploymentId, record: bare, snapshot: snapshotFixture() })).not.toMatch(
      /details|\| from |\| phases /,
    );
  });
});
