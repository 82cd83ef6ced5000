import { JobCount } from './job-count';

describe('job count', () => {
  it('counts the unanswered jobs', () => {
    const jobs = new JobCount();
    jobs.add();
    jobs.add();
    jobs.remove();
    expect([jobs.running, jobs.draining]).toEqual([1, false]);
  });

  it('is drained at once without jobs', async () => {
    const jobs = new JobCount();
    await jobs.drain();
    expect(jobs.draining).toBe(true);
  });

  it('stops before it drains', () => {
    const jobs = new JobCount();
    jobs.stop();
    expect([jobs.stopping, jobs.draining]).toEqual([true, false]);
  });

  it('is not drained while it receives a job', async () => {
    const jobs = new JobCount();
    jobs.addUpload();
    const drained = jobs.drain().then(() => jobs.running);
    expect([jobs.stopping, jobs.uploads]).toEqual([true, 1]);
    jobs.add();
    jobs.removeUpload();
    expect(await Promise.race([drained, Promise.resolve('not yet')])).toBe('not yet');
    jobs.remove();
    expect(await drained).toBe(0);
  });

  it('is drained after the response to the last job', async () => {
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
