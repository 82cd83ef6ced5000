import { UserError } from '@nightshift/errors';
import type { End, Phase, ReleaseContext, WatchOptions } from '@nightshift/release';
import { type LoopEngine, releaseVersion } from './release-version';

interface Given {
  readonly phases?: readonly Phase[];
  readonly end?: End;
  /** Ctrl-C during this phase. */
  readonly stopIn?: Phase | 'preflight' | 'start';
  readonly refused?: boolean;
}

/** What is printed and called while a version is released. */
async function released({ phases = ['installing', 'ended'], end, stopIn, refused }: Given = {}) {
  const seen: string[] = [];
  const stop = new AbortController();
  const engine = {
    resumeRelease: () => Promise.resolve({ kind: 'nothing' }),
    preflight: (_: unknown, request: object) => {
      seen.push(JSON.stringify(request));
      if (stopIn === 'preflight') stop.abort();
      const problems = [{ where: 'image', what: 'not found', todo: 'push it' }];
      return Promise.resolve(refused ? { groups: [], problems } : { groups: [], problems: [], plan: {} });
    },
    startRelease: () => {
      if (stopIn === 'start') stop.abort();
      return Promise.resolve('d-1');
    },
    stopRelease: (_: unknown, deploymentId: string) => {
      seen.push(`stops ${deploymentId}`);
      return Promise.reject(new Error('it has ended'));
    },
    watchRelease: (_: unknown, _id: string, { onSnapshot }: WatchOptions) => {
      for (const phase of phases) {
        onSnapshot?.({ phase } as never);
        if (phase === stopIn) stop.abort();
      }
      return Promise.resolve(end ?? { kind: 'succeeded' });
    },
  };
  const onTraffic = () => {
    seen.push('has all traffic');
    return Promise.resolve();
  };
  const failure = await releaseVersion({
    engine: engine as unknown as LoopEngine,
    context: {} as ReleaseContext,
    tag: 'dev-1',
    print: (text) => seen.push(text),
    onTraffic,
    stop: stop.signal,
    leave: new AbortController().signal,
  }).then(
    () => undefined,
    (error: unknown) => {
      expect(error).toBeInstanceOf(UserError);
      return (error as Error).message;
    },
  );
  return { seen: seen.slice(1), failure, request: seen[0] };
}

describe('the release of a version', () => {
  it('prints its phases, and says once that the version has all traffic', async () => {
    expect(
      await released({ phases: ['created', 'installing', 'installing', 'baking', 'terminating', 'ended'] }),
    ).toEqual({
      request: '{"kind":"release","image":"dev-1"}',
      seen: ['releasing dev-1 as d-1', 'dev-1: created', 'dev-1: installing', 'has all traffic'],
      failure: undefined,
    });
  });

  it('prints that at the end without a termination wait', async () => {
    const { seen } = await released({ phases: [] });
    expect(seen).toEqual(['releasing dev-1 as d-1', 'has all traffic']);
  });

  it('fails with all failed checks', async () => {
    const { seen, failure } = await released({ refused: true });
    expect(failure).toBe('image: not found - push it');
    expect(seen).toEqual([]);
  });

  it.each([
    ['rolled-back', 'the release failed and was rolled back', 'correct the source: the next change is released again'],
    [
      'rollback-failed',
      'the release failed, and the rollback failed too',
      'see npx nightshift release status and docs/runbooks/rollback-failed.md',
    ],
  ] as const)('fails with the cause: %s', async (kind, what, todo) => {
    const { failure } = await released({ phases: ['installing'], end: { kind, cause: 'tasks\nexit with 1' } });
    expect(failure).toBe(`dev-1: ${what}, got tasks exit with 1 - ${todo}`);
  });

  it('is stopped by Ctrl-C before the version has all traffic', async () => {
    const stopping = 'stopping the release of dev-1; Ctrl-C again leaves it in progress';
    const stopped = 'the release of dev-1 is stopped; the previous version has all traffic';
    const end: End = { kind: 'stopped' };
    const { seen } = await released({ phases: ['installing'], stopIn: 'installing', end });
    expect(seen).toEqual(['releasing dev-1 as d-1', 'dev-1: installing', stopping, 'stops d-1', stopped]);
    const early = await released({ phases: ['installing'], stopIn: 'start', end });
    expect(early.seen).toEqual(['releasing dev-1 as d-1', stopping, 'stops d-1', 'dev-1: installing', stopped]);
  });

  it('does not start after Ctrl-C', async () => {
    expect((await released({ stopIn: 'preflight' })).seen).toEqual([]);
  });

  it('ends by itself after Ctrl-C if the version has all traffic', async () => {
    const { seen } = await released({ phases: ['baking', 'terminating'], stopIn: 'baking' });
    const waiting = 'dev-1 has all traffic: waiting for the end of its release; Ctrl-C again leaves it in progress';
    expect(seen).toEqual(['releasing dev-1 as d-1', 'has all traffic', waiting]);
  });

  it('continues after the second Ctrl-C', async () => {
    const { seen } = await released({ phases: ['installing'], end: { kind: 'detached' } });
    expect(seen.at(-1)).toBe('the release of dev-1 continues: npx nightshift release watch');
  });
});
