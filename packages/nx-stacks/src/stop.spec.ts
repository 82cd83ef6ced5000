import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announceStop, exitCodeFile, forgetStop, stopAtOnceFile, takeExitCode, terminalPath } from './stop';

const runId = `test-${String(process.pid)}`;

describe('a second signal in an Nx run', () => {
  it('is handled once', () => {
    const write = jest.fn();
    const host = Object.assign(new EventEmitter(), { stdout: { write } });
    announceStop(runId, host as never);
    host.emit('SIGTERM');
    host.emit('SIGTERM');
    expect(write.mock.calls).toEqual([
      ['\nStopping: Terraform finishes the current operations, saves the state and releases its lock.\n'],
    ]);
    expect(existsSync(stopAtOnceFile(runId))).toBe(false);
  });
});

describe('Ctrl-C in an Nx run', () => {
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text) };
  const host = Object.assign(new EventEmitter(), { stdout });

  afterEach(() => {
    forgetStop(runId);
  });

  it('is acknowledged immediately, although Nx prints nothing any more', () => {
    announceStop(runId, host as never);
    stdout.write = () => 0;
    host.emit('SIGINT');
    expect(written).toEqual([
      '\nStopping: Terraform finishes the current operations, saves the state and releases its lock. Ctrl-C again stops at once.\n',
    ]);
    expect(existsSync(stopAtOnceFile(runId))).toBe(false);
  });

  it('writes a stop request for the tasks the second time', () => {
    host.emit('SIGINT');
    expect(written.slice(1)).toEqual([
      '\nStopping now: the state may lack the current operations, and its lock may remain.\n',
    ]);
    expect(existsSync(stopAtOnceFile(runId))).toBe(true);
  });

  it('is reset after the run', () => {
    const notices = join(tmpdir(), `nightshift-notices-${runId}`);
    mkdirSync(notices);
    forgetStop(runId);
    expect([stopAtOnceFile(runId), notices].filter((path) => existsSync(path))).toEqual([]);
  });
});

it('writes the exit code of a release once, and reads it once', () => {
  const run = `exit-${String(process.pid)}`;
  expect(takeExitCode(run)).toBeUndefined();
  writeFileSync(exitCodeFile(run), '10');
  expect(takeExitCode(run)).toBe(10);
  expect(takeExitCode(run)).toBeUndefined();
});

describe('terminalPath', () => {
  it('is the output of tty', () => {
    expect(terminalPath('pwd')).toBe(process.cwd());
  });

  it('is a device', () => {
    expect(terminalPath() ?? '/dev/none').toMatch(/^\/dev\//);
  });

  it('is undefined without a terminal', () => {
    expect(terminalPath('no-such-program')).toBeUndefined();
  });
});
