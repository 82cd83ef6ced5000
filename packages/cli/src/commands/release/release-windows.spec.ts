import type { S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import type { ReleaseContext } from '@nightshift/release';
import { environmentFixture } from '@nightshift/testing/environment';
import { FakeAws, FakeBucket } from '@nightshift/state-bucket/testing';
import { at, snapshotFixture } from '@nightshift/release-view/testing';
import { guardPromote, windowCheckFor, windowNotices } from './release-windows';
import { FakeEffects } from '../../testing/fake-effects';

const window = { name: 'overnight', days: ['tuesday'], from: '02:30', to: '06:00', timeZone: 'Europe/London' };

const environment = (from = window.from): Environment =>
  environmentFixture({ file: { processingWindows: [{ ...window, from }] } });

describe('the window check before a release (R14.2)', () => {
  const look = (minutes: number, { reason, timeScale = 1 }: { reason?: string; timeScale?: number } = {}) =>
    windowCheckFor({ environment: environment(), now: at(0), timeScale, reason })(minutes);

  it('shows the time until the next window opens', async () => {
    expect(await look(29)).toEqual({
      mark: 'OK',
      detail: 'window overnight opens in 30 min (Tue 02:30 Europe/London): the release takes about 29 min',
    });
  });

  it('refuses a release that would overlap a window', async () => {
    expect(await look(39)).toEqual({
      mark: 'FAIL',
      detail: 'window overnight opens in 30 min (Tue 02:30 Europe/London): the release takes about 39 min',
      remedy: 'run it after the window, or override the window with --during-window "<reason>"',
    });
  });

  it('accepts a reason', async () => {
    expect(await look(39, { reason: 'prices are wrong' })).toEqual({
      mark: 'SKIP',
      detail:
        'window overnight opens in 30 min (Tue 02:30 Europe/London): the release takes about 39 min; overridden, reason: prices are wrong',
    });
  });

  it('needs less time in the local cloud, where time runs faster', async () => {
    expect(await look(39, { timeScale: 60 })).toMatchObject({ mark: 'OK' });
  });

  it('passes without windows', async () => {
    const check = windowCheckFor({ environment: environmentFixture(), now: at(0), timeScale: 1, reason: undefined });
    expect(await check(39)).toEqual({ mark: 'OK', detail: 'the release takes about 39 min' });
  });
});

describe('the window notice during a release', () => {
  it('shows when the next window opens, and how long the release still needs', async () => {
    const notices = await windowNotices(environment());
    expect(notices(at(8), snapshotFixture())).toEqual([
      'window overnight opens in 22 min (Tue 02:30 Europe/London): the release needs 35 min more',
    ]);
    expect(notices(at(8))).toEqual(['window overnight opens in 22 min (Tue 02:30 Europe/London)']);
    expect(notices(at(60), snapshotFixture({ phase: 'ended' }))).toEqual([
      'window overnight is open until Tue 06:00 Europe/London (in 3 h)'.replace('3 h', '3 h 0 min'),
    ]);
  });

  it('is undefined if no window opens soon', async () => {
    expect((await windowNotices(environment('23:30')))(at(0))).toEqual([]);
    expect((await windowNotices(environmentFixture()))(at(0))).toEqual([]);
  });
});

describe('promote near a window (R14.2)', () => {
  const guard = async (from: string, reason?: string) => {
    const aws = new FakeAws();
    aws.s3.buckets.set('s3-tfstate-nightshift-dev', new FakeBucket('us-east-1'));
    const { s3, sts } = aws.clients;
    const effects = Object.assign(new FakeEffects(), { now: () => at(28) });
    const context = { clients: { s3: s3 as S3Client, sts } } as unknown as ReleaseContext;
    await guardPromote({ verb: 'release promote', environment: environment(from), context, effects }, reason);
    return aws.calls;
  };

  it('is allowed if no window is near', async () => {
    expect(await guard('02:40')).toEqual([]);
  });

  it('is refused near a window', async () => {
    await expect(guard('02:30')).rejects.toThrow(
      'nightshift release promote: processing window overnight opens in 2 min (Tue 02:30 Europe/London), and a fast rollback is not possible without the tasks of the previous version - run it after the window, or override the window with --during-window "<reason>"',
    );
  });

  it('is allowed with a reason, which is recorded', async () => {
    expect(await guard('02:30', 'memory is short')).toEqual(['GetCallerIdentity', 'PutObject']);
  });
});
