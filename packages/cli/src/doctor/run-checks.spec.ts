import { UserError } from '@nightshift/errors';
import { runChecks } from './run-checks';

const ok = (detail: string) => () => Promise.resolve({ mark: 'OK' as const, detail });
const never = () => Promise.reject(new Error('must not be run'));

describe('runChecks', () => {
  it('tells of each check in the order of the list, however long each takes', async () => {
    const told: string[] = [];
    const late = new Promise<void>((resolve) => setTimeout(resolve, 5));
    const items = await runChecks(
      [
        { title: 'slow', look: () => late.then(ok('1')) },
        { title: 'quick', look: ok('2') },
      ],
      ({ title }) => told.push(title),
    );
    expect(told).toEqual(['slow', 'quick']);
    expect(items).toEqual([
      { title: 'slow', mark: 'OK', detail: '1' },
      { title: 'quick', mark: 'OK', detail: '2' },
    ]);
  });

  it('runs checks side by side that do not need each other', async () => {
    let arrived = 0;
    const both = () =>
      new Promise<void>((resolve) => {
        arrived += 1;
        const wait = () => (arrived === 2 ? resolve() : void setTimeout(wait, 1));
        wait();
      });
    const checks = ['a', 'b'].map((title) => ({ title, look: () => both().then(ok('met')) }));
    expect((await runChecks(checks)).map(({ detail }) => detail)).toEqual(['met', 'met']);
  });

  it('turns the problems of a UserError into NG with their remedies', async () => {
    const error = new UserError(
      { where: 'a', what: 'is wrong', got: 'x', todo: 'mend it' },
      { where: 'b', what: 'is missing', todo: 'mend it' },
    );
    expect(await runChecks([{ title: 'a', look: () => Promise.reject(error) }])).toEqual([
      { title: 'a', mark: 'NG', detail: 'is wrong, got x; is missing', remedy: 'mend it' },
    ]);
  });

  it('skips what needs something that is not OK, through all steps', async () => {
    const items = await runChecks([
      { title: 'bad', look: () => Promise.resolve({ mark: 'NG', detail: 'x', remedy: 'y' }) },
      { title: 'next', needs: ['bad'], look: never },
      { title: 'last', needs: ['next'], look: never },
      { title: 'unknown', needs: ['nothing of the list'], look: never },
    ]);
    expect(items.slice(1)).toEqual([
      { title: 'next', mark: 'SKIP', detail: 'needs bad' },
      { title: 'last', mark: 'SKIP', detail: 'needs next' },
      { title: 'unknown', mark: 'SKIP', detail: 'needs nothing of the list' },
    ]);
  });

  it('lets a defect through, after what was told before it', async () => {
    const told: string[] = [];
    const checks = [
      { title: 'fine', look: () => new Promise((resolve) => setTimeout(resolve, 5)).then(ok('1')) },
      { title: 'broken', look: () => Promise.reject(new TypeError('x is not a function')) },
    ];
    await expect(runChecks(checks, ({ title }) => told.push(title))).rejects.toThrow('x is not a function');
    expect(told).toEqual(['fine']);
  });
});
