import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdLock } from './hold-lock';
import { FakeMachine } from './testing/fake-machine';
import { temporaryFolder } from './testing/temporary-folder';

const OTHER = 4242;

describe('holdLock', () => {
  const folder = temporaryFolder();
  let machine: FakeMachine;
  let waitedFor: number[];
  beforeEach(() => {
    machine = new FakeMachine();
    waitedFor = [];
  });
  const path = () => join(folder(), 'locks', 'server.lock');
  const hold = <T>(action: () => Promise<T>) =>
    holdLock({ path: path(), effects: machine.effects, onWait: (holder) => void waitedFor.push(holder) }, action);
  const lockOf = (pid: number | string) => {
    mkdirSync(join(folder(), 'locks'), { recursive: true });
    writeFileSync(path(), String(pid));
  };

  it('holds the lock during the action only', async () => {
    const seen = await hold(() => Promise.resolve(readFileSync(path(), 'utf8')));
    expect(seen).toBe(String(machine.effects.pid));
    expect(readdirSync(join(folder(), 'locks'))).toEqual([]);
  });

  it('frees the lock when the action fails', async () => {
    await expect(hold(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(path())).toBe(false);
  });

  it('waits for a process that holds it, and says so once', async () => {
    lockOf(OTHER);
    machine.alive.add(OTHER);
    let sleeps = 0;
    machine.onSleep = () => {
      sleeps += 1;
      if (sleeps === 3) rmSync(path());
    };
    expect(await hold(() => Promise.resolve('mine'))).toBe('mine');
    expect(waitedFor).toEqual([OTHER]);
    expect(sleeps).toBe(3);
  });

  it('never lets two actions run at once', async () => {
    const order: string[] = [];
    machine.onSleep = () => new Promise(setImmediate);
    const action = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
    };
    await Promise.all([hold(action('first')), hold(action('second'))]);
    expect(order.map((entry) => entry.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  it('takes over the lock of a process that died', async () => {
    lockOf(OTHER);
    expect(await hold(() => Promise.resolve('mine'))).toBe('mine');
    expect(waitedFor).toEqual([]);
    expect(readdirSync(join(folder(), 'locks'))).toEqual([]);
  });

  it('gives the lock back when another process was quicker to take it over', async () => {
    const quicker = 4343;
    lockOf(OTHER);
    const isAlive = (pid: number) => {
      if (pid === OTHER) lockOf(quicker);
      return pid === quicker;
    };
    machine.onSleep = () => {
      rmSync(path());
    };
    await holdLock(
      { path: path(), effects: { ...machine.effects, isAlive }, onWait: (pid) => void waitedFor.push(pid) },
      () => Promise.resolve(),
    );
    expect(waitedFor).toEqual([quicker]);
  });

  it('goes on when the lock of a dead process disappears by itself', async () => {
    lockOf(OTHER);
    const isAlive = () => {
      rmSync(path());
      return false;
    };
    const action = jest.fn(() => Promise.resolve());
    await holdLock({ path: path(), effects: { ...machine.effects, isAlive }, onWait: jest.fn() }, action);
    expect(action).toHaveBeenCalledTimes(1);
  });

  it('gives up after ten minutes', async () => {
    lockOf(OTHER);
    machine.alive.add(OTHER);
    await expect(hold(() => Promise.resolve())).rejects.toThrow(
      `local cloud: another process has been at work on it for ten minutes, got process ${String(OTHER)} - ` +
        `end it, or delete ${path()} where it has nothing to do with Nightshift`,
    );
    expect(machine.time).toBeGreaterThan(600_000);
  });

  it('waits for a lock that names nobody', async () => {
    lockOf('');
    machine.onSleep = () => {
      rmSync(path());
    };
    await hold(() => Promise.resolve());
    expect(waitedFor).toEqual([]);
  });

  it('fails where a lock cannot be made', async () => {
    const impossible = join(folder(), 'x'.repeat(300));
    await expect(
      holdLock({ path: impossible, effects: machine.effects, onWait: jest.fn() }, () => Promise.resolve()),
    ).rejects.toThrow('ENAMETOOLONG');
  });
});
