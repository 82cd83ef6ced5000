import { JobCount } from './job-count';

describe('job count', () => {
  it('counts the jobs that are not answered yet', () => {
    const jobs = new JobCount();
    jobs.add();
    jobs.add();
    jobs.remove();
    expect([jobs.running, jobs.draining]).toEqual([1, false]);
  });

  it('is drained at once where nothing runs', async () => {
    const jobs = new JobCount();
    await jobs.drain();
    expect(jobs.draining).toBe(true);
  });

  it('is drained when the last job is answered', async () => {
    const jobs = new JobCount();
    jobs.add();
    jobs.add();
    const events: string[] = [];
    const drained = jobs.drain().then(() => events.push('drained'));
    expect(jobs.draining).toBe(true);
    for (const event of ['first', 'last']) {
      await Promise.resolve();
      events.push(event);
      jobs.remove();
    }
    await drained;
    expect(events).toEqual(['first', 'last', 'drained']);
  });
});
