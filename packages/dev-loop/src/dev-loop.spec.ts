import { UserError } from '@nightshift/errors';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { devLoop, type DevSteps, onlyOnce } from './dev-loop';

/** A loop over changes that are given in advance; the signal fires after the last one. */
function setUp(changes: readonly number[] = []) {
  const stop = new AbortController();
  const clock = { now: 0 };
  const printed: string[] = [];
  const left = [...changes];
  let running: string | undefined = 'initial';
  let rounds = 0;
  const steps: { -readonly [Name in keyof DevSteps]: DevSteps[Name] } = {
    push: () => Promise.resolve(`dev-${String((rounds += 1))}`),
    runningVersion: () => Promise.resolve(running),
    release: async (tag, onTraffic) => {
      clock.now += 14_200;
      running = tag;
      printed.push(`releases ${tag}`);
      await onTraffic();
    },
    sendJob: () => Promise.resolve({ status: 200, version: String(running), body: '{"valueAtRisk":55.25}' }),
    followLogs: () => Promise.resolve(),
  };
  const run = async () => {
    await devLoop({
      watcher: {
        next: () => {
          const at = left.shift();
          if (at === undefined) stop.abort();
          else clock.now = at + 200;
          return Promise.resolve(at);
        },
      },
      steps,
      print: (text) => printed.push(text),
      printError: (error) => printed.push((error as Error).message),
      monotonic: () => clock.now,
      stop: stop.signal,
    });
    return printed;
  };
  return { steps, run, stop, printed };
}

const problem = new UserError({ where: 'nightshift dev', what: 'cannot bundle', todo: 'fix it' });

describe('the loop', () => {
  it('builds, releases and tries the source now and after each change', async () => {
    expect(await setUp([60_000]).run()).toEqual([
      'building apps/batch-processor',
      'releases dev-1',
      'dev-1 answers 200 after 14.2 s: {"valueAtRisk":55.25}',
      'waiting for the next change; Ctrl-C ends',
      'building apps/batch-processor',
      'releases dev-2',
      'dev-2 answers 200 after 14.4 s: {"valueAtRisk":55.25}',
      'waiting for the next change; Ctrl-C ends',
    ]);
  });

  it('releases nothing if the bundle runs already', async () => {
    const { steps, run } = setUp();
    steps.push = () => Promise.resolve('initial');
    expect(await run()).toEqual([
      'building apps/batch-processor',
      'nothing to release: initial runs already',
      'waiting for the next change; Ctrl-C ends',
    ]);
  });

  it.each(['push', 'release'] as const)('prints why a step failed and waits for the next change: %s', async (step) => {
    const { steps, run } = setUp([1000]);
    const works = steps[step] as () => Promise<never>;
    steps[step] = (() => {
      steps[step] = works;
      return Promise.reject(problem);
    }) as never;
    const printed = await run();
    expect(printed.slice(1, 4)).toEqual([
      'nightshift dev: cannot bundle - fix it',
      'waiting for the next change; Ctrl-C ends',
      'building apps/batch-processor',
    ]);
    expect(printed).toContainEqual(expect.stringContaining('answers 200'));
  });

  it('prints that the service does not answer the sample job', async () => {
    const { steps, run } = setUp();
    steps.sendJob = () => Promise.reject(problem);
    expect(await run()).toContain('nightshift dev: cannot bundle - fix it');
  });

  it('prints nothing about a build that Ctrl-C ended', async () => {
    const { steps, run, stop } = setUp();
    steps.push = () => {
      stop.abort();
      return Promise.reject(problem);
    };
    expect(await run()).toEqual(['building apps/batch-processor']);
  });

  it('follows the logs again in the next round if they cannot be read, and waits for their end', async () => {
    const { steps, run, stop, printed } = setUp([1000, 2000]);
    let tries = 0;
    steps.followLogs = () => {
      tries += 1;
      if (tries === 1) return Promise.reject(problem);
      return new Promise((resolve) => {
        stop.signal.addEventListener('abort', () => {
          printed.push('the logs end');
          resolve();
        });
      });
    };
    expect((await run()).at(-1)).toBe('the logs end');
    expect(tries).toBe(2);
    expect(printed).toContain('nightshift dev: cannot bundle - fix it');
  });
});

describe('the loop of an environment', () => {
  const directory = temporaryDirectory();

  it('runs once', async () => {
    const second = onlyOnce(directory(), 'local', () => onlyOnce(directory(), 'local', () => Promise.resolve()));
    await expect(second).rejects.toThrow(
      `nightshift dev: process ${String(process.pid)} already releases each change to local - use its terminal, or end it with Ctrl-C there`,
    );
    expect(await onlyOnce(directory(), 'local', () => Promise.resolve('free'))).toBe('free');
  });
});
