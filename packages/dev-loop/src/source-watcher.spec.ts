import { EventEmitter, getEventListeners } from 'node:events';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { isSource, sourceDirectories, watchSources } from './source-watcher';

class FakeFiles extends EventEmitter {
  closed = false;

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

async function setUp() {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
  const files = new FakeFiles();
  const clock = { now: 0 };
  const started = watchSources({
    directories: ['/app'],
    monotonic: () => clock.now,
    start: () => files as never,
  });
  files.emit('ready');
  const watcher = await started;
  const stop = new AbortController();
  const save = (at: number, event = 'change') => {
    clock.now = at;
    files.emit(event);
  };
  return { files, watcher, stop, save };
}

afterEach(() => {
  jest.useRealTimers();
});

describe('the next change of the sources', () => {
  it.each(['add', 'change', 'unlink'])(
    'has the time of the first saved file, and is reported after a pause: %s',
    async (event) => {
      const { watcher, stop, save } = await setUp();
      const next = watcher.next(stop.signal);
      save(1000, event);
      jest.advanceTimersByTime(100);
      save(1100);
      jest.advanceTimersByTime(100);
      let ended = false;
      void next.then(() => (ended = true));
      await Promise.resolve();
      expect(ended).toBe(false);
      jest.advanceTimersByTime(50);
      expect(await next).toBe(1000);
    },
  );

  it('is reported at once for changes during a round, as one change', async () => {
    const { watcher, stop, save } = await setUp();
    save(1000);
    save(2000);
    jest.advanceTimersByTime(150);
    expect(await watcher.next(stop.signal)).toBe(1000);
    const next = watcher.next(stop.signal);
    save(5000);
    jest.advanceTimersByTime(150);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
    expect(await next).toBe(5000);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it('is not reported after the end', async () => {
    const { watcher, stop } = await setUp();
    const next = watcher.next(stop.signal);
    stop.abort();
    expect(await next).toBeUndefined();
    expect(await watcher.next(stop.signal)).toBeUndefined();
  });
});

describe('the watch', () => {
  const directory = temporaryDirectory();

  it('ends with the loop', async () => {
    const { files, watcher } = await setUp();
    await watcher.close();
    expect(files.closed).toBe(true);
  });

  it('fails if the directories cannot be watched', async () => {
    const files = new FakeFiles();
    const started = watchSources({ directories: ['/app'], monotonic: () => 0, start: () => files as never });
    files.emit('error', new Error('too many watches'));
    await expect(started).rejects.toThrow('too many watches');
  });

  it('sees files that an editor writes, replaces by a rename, creates and removes, and no others', async () => {
    mkdirSync(join(directory(), 'src'));
    mkdirSync(join(directory(), 'node_modules'));
    writeFileSync(join(directory(), 'src', 'main.ts'), '1');
    let at = 0;
    const watcher = await watchSources({ directories: [directory()], monotonic: () => at });
    const stop = new AbortController();
    const seen = async (change: () => void) => {
      at += 1;
      change();
      // A late event of the change before may come first.
      while ((await watcher.next(stop.signal)) !== at);
    };
    const file = (name: string) => join(directory(), 'src', name);
    await seen(() => {
      writeFileSync(file('main.ts~'), '2');
      renameSync(file('main.ts~'), file('main.ts'));
    });
    await seen(() => {
      writeFileSync(file('main.ts'), '3');
    });
    await seen(() => {
      writeFileSync(join(directory(), 'node_modules', 'index.ts'), '');
      writeFileSync(file('main.spec.ts'), '');
      writeFileSync(file('new.ts'), '');
    });
    await seen(() => {
      rmSync(file('new.ts'));
    });
    expect(at).toBe(4);
    await watcher.close();
  });
});

describe('a source', () => {
  it.each([
    ['/app/src/main.ts', true],
    ['/app/package.json', true],
    ['/app/src/main.spec.ts', false],
    ['/app/README.md', false],
    ['/app/src/.main.ts.swp', false],
    ['/app/dist/main.ts', false],
    ['/app/node_modules/a/index.ts', false],
  ])('%s: %s', (path, expected) => {
    expect(isSource(path)).toBe(expected);
  });
});

describe('sourceDirectories', () => {
  const directory = temporaryDirectory();

  it('has the batch processor and the packages of this workspace that it contains', async () => {
    const root = directory();
    const app = join(root, 'apps', 'batch-processor');
    mkdirSync(app, { recursive: true });
    writeFileSync(
      join(app, 'package.json'),
      JSON.stringify({ dependencies: { '@nightshift/errors': '*', zod: '4.0.0' } }),
    );
    expect(await sourceDirectories(root)).toEqual([app, join(root, 'packages', 'errors')]);
  });
});
