import { UserError } from '@nightshift/errors';
import { runChecks } from './checklist';

const ok = (detail: string) => () => Promise.resolve({ mark: 'OK' as const, detail });

const never = () => Promise.reject(new Error('must not be run'));

describe('runChecks', () => {
  it('reports the checks in the order of the list, whatever their duration', async () => {
    const reported: string[] = [];
    const late = new Promise<void>((resolve) => setTimeout(resolve, 5));
    const items = await runChecks(
      [
        { title: 'slow', run: () => late.then(ok('1')) },
        { title: 'quick', run: ok('2') },
      ],
      ({ title }) => reported.push(title),
    );
    expect(reported).toEqual(['slow', 'quick']);
    expect(items).toEqual([
      { title: 'slow', mark: 'OK', detail: '1' },
      { title: 'quick', mark: 'OK', detail: '2' },
    ]);
  });

  it('runs independent checks in parallel', async () => {
    let arrived = 0;
    const both = () =>
      new Promise<void>((resolve) => {
        arrived += 1;
        const wait = () => (arrived === 2 ? resolve() : void setTimeout(wait, 1));
        wait();
      });
    const checks = ['a', 'b'].map((title) => ({ title, run: () => both().then(ok('met')) }));
    expect((await runChecks(checks)).map(({ detail }) => detail)).toEqual(['met', 'met']);
  });

  it('turns the problems of a UserError into a failed check with fixes', async () => {
    const error = new UserError(
      { where: 'a', what: 'is wrong', got: 'x', todo: 'fix it' },
      { where: 'b', what: 'is missing', todo: 'fix it' },
    );
    expect(await runChecks([{ title: 'a', run: () => Promise.reject(error) }])).toEqual([
      { title: 'a', mark: 'FAIL', detail: 'is wrong, got x; b: is missing', remedy: 'fix it' },
    ]);
  });

  it('skips checks that need a failed check, directly or indirectly', async () => {
    const items = await runChecks([
      { title: 'bad', run: () => Promise.resolve({ mark: 'FAIL', detail: 'x', remedy: 'y' }) },
      { title: 'next', needs: ['bad'], run: never },
      { title: 'last', needs: ['next'], run: never },
      { title: 'unknown', needs: ['nothing of the list'], run: never },
    ]);
    expect(items.slice(1)).toEqual([
      { title: 'next', mark: 'SKIP', detail: 'needs bad' },
      { title: 'last', mark: 'SKIP', detail: 'needs next' },
      { title: 'unknown', mark: 'SKIP', detail: 'needs nothing of the list' },
    ]);
  });

  it('runs a check whose needs are OK', async () => {
    const items = await runChecks([
      { title: 'first', run: ok('1') },
      { title: 'next', needs: ['first'], run: ok('2') },
    ]);
    expect(items[1]).toEqual({ title: 'next', mark: 'OK', detail: '2' });
  });

  it('skips checks that need a check that ended with an error', async () => {
    const error = new UserError({ where: 'a', what: 'is missing', todo: 'add it' });
    const items = await runChecks([
      { title: 'failing', run: () => Promise.reject(error) },
      { title: 'next', needs: ['failing'], run: never },
    ]);
    expect(items[1]).toEqual({ title: 'next', mark: 'SKIP', detail: 'needs failing' });
  });

  it('throws a defect after it has reported the checks before', async () => {
    const reported: string[] = [];
    const checks = [
      { title: 'fine', run: () => new Promise((resolve) => setTimeout(resolve, 5)).then(ok('1')) },
      { title: 'broken', run: () => Promise.reject(new TypeError('x is not a function')) },
    ];
    await expect(runChecks(checks, ({ title }) => reported.push(title))).rejects.toThrow('x is not a function');
    expect(reported).toEqual(['fine']);
  });
});
