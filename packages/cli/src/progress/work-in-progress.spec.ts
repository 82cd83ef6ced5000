import type { ResourceEvent } from '@nightshift/terraform';
import { WorkInProgress } from './work-in-progress';

function setUp() {
  const clock = { now: 0 };
  const work = new WorkInProgress(() => clock.now);
  const read = (status: ResourceEvent['status'], address: string) =>
    work.read({ type: 'resource', status, address, action: 'create', elapsedSeconds: 0 });
  return { clock, work, read };
}

describe('work in progress', () => {
  it('holds what has started and not ended, oldest first', () => {
    const { clock, work, read } = setUp();
    read('start', 'aws_vpc.A');
    clock.now = 1000;
    read('start', 'aws_vpc.B');
    read('start', 'aws_vpc.C');
    clock.now = 2500;
    expect(read('progress', 'aws_vpc.A')).toBe(2500);
    expect(read('done', 'aws_vpc.B')).toBe(1500);
    expect(work.items).toEqual([
      { address: 'aws_vpc.A', action: 'create', milliseconds: 2500 },
      { address: 'aws_vpc.C', action: 'create', milliseconds: 1500 },
    ]);
    expect(read('failed', 'aws_vpc.C')).toBe(1500);
    expect(work.items).toHaveLength(1);
  });

  it('takes no time for what it never saw start', () => {
    const { clock, read } = setUp();
    clock.now = 700;
    expect(read('done', 'aws_vpc.A')).toBe(0);
  });

  it('holds a resource that is provisioned as created', () => {
    const { clock, work, read } = setUp();
    read('start', 'aws_vpc.A');
    clock.now = 1000;
    for (const status of ['start', 'done'] as const) {
      work.read({ type: 'resource', status, address: 'aws_vpc.A', action: 'provision', elapsedSeconds: 0 });
    }
    expect(work.items).toEqual([{ address: 'aws_vpc.A', action: 'create', milliseconds: 1000 }]);
  });

  it('knows the phase, which begins with nothing in work', () => {
    const { clock, work, read } = setUp();
    expect(work.phase).toBeUndefined();
    read('start', 'aws_vpc.A');
    expect(work.read({ type: 'phase', phase: 'apply' })).toBe(0);
    clock.now = 300;
    expect(work.phase).toEqual({ name: 'apply', milliseconds: 300 });
    expect(work.items).toEqual([]);
  });
});
