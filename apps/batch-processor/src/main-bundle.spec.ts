import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { rightJob } from './job/risk-job.fixture';

type Line = Readonly<Record<string, unknown>>;

const directory = mkdtempSync(join(tmpdir(), 'batch-processor-'));
const bundle = join(directory, 'main.js');
/** As in the container: nothing can be written where the service runs. */
const readOnly = join(directory, 'read-only');

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'bundle', '--', `--outfile=${bundle}`], { cwd: join(__dirname, '..') });
  mkdirSync(readOnly);
  chmodSync(readOnly, 0o555);
}, 60_000);

afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Starts the bundle as the image does. */
function run(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [bundle], {
    cwd: readOnly,
    env: { HOST: '127.0.0.1', PORT: '0', ACCEPT_SECONDS: '0', LINGER_SECONDS: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  const output = createInterface(child.stdout).on('line', (line) => lines.push(JSON.parse(line) as Line));
  const exited = Promise.all([once(child, 'exit'), once(output, 'close')]).then(([[code]]) => Number(code));
  return { child, lines, output, exited };
}

describe('the bundle', () => {
  it('serves requests from one file in a read-only directory until SIGTERM', async () => {
    const { child, lines, output, exited } = run({ VERSION: '4f1c2e9', THREADS: '2' });
    await once(output, 'line');
    expect(lines[0]).toMatchObject({ message: 'listening', version: '4f1c2e9', threads: 2 });
    const url = `http://127.0.0.1:${String(lines[0]?.['port'])}`;
    const post = async () => {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`${url}/jobs`, { method: 'POST', headers, body: JSON.stringify(rightJob()) });
      return [response.status, response.headers.get('x-version'), await response.text()];
    };
    const answer = [
      200,
      '4f1c2e9',
      '{"valueAtRisk":-2.5,"expectedShortfall":7.5,"confidence":0.5,"horizonDays":1,"scenarios":4,' +
        '"worstScenario":{"date":"2024-01-03","loss":10}}\n',
    ];
    expect(await Promise.all([post(), post(), post(), post()])).toEqual([answer, answer, answer, answer]);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(lines.at(-1)).toMatchObject({ message: 'stopped' });
  }, 30_000);

  it('prints one line with the reason if it cannot start', async () => {
    const { lines, exited } = run({ PORT: '-1' });
    expect(await exited).toBe(1);
    expect(lines).toMatchObject([
      {
        level: 'error',
        message: 'cannot start',
        problems: ['PORT: is not a whole number from 0 to 65535, got "-1" - use one in this range'],
      },
    ]);
  }, 30_000);
});
