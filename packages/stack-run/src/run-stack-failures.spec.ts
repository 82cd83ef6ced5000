import { UserError } from '@nightshift/errors';
import { forEachTest } from './testing/for-each-test';
import { type Act, StackRunFixture } from './testing/stack-run-fixture';

const problem = { where: 'network: aws_vpc.Vpc_1A', what: 'does not exist', todo: 'make it' };

describe('a run on a stack', () => {
  const fixture = forEachTest(() => new StackRunFixture());

  describe('that fails', () => {
    const fail: Act = () => {
      fixture.effects.advance(4000);
      fixture.created('aws_vpc.Vpc_1A');
      return Promise.reject(new UserError(problem, { ...problem, where: 'network: aws_subnet.B' }));
    };

    it('prints every cause and the completed changes, and exits with 1', async () => {
      await fixture.run(fail);
      expect(fixture.effects.printed.stderr).toBe(
        [
          'error network: aws_vpc.Vpc_1A: does not exist - make it',
          'error network: aws_subnet.B: does not exist - make it',
          'network: failed after 4.0 s, 1 added, 0 changed, 0 destroyed before that',
          '',
        ].join('\n'),
      );
      expect(fixture.effects.exitCode).toBe(1);
      expect(fixture.effects.listening).toBe(0);
    });

    it('is recorded with its problems and completed changes', async () => {
      await fixture.run(fail);
      expect(fixture.runFile()).toMatchObject({
        status: 'failed',
        add: 1,
        problems: [
          'network: aws_vpc.Vpc_1A: does not exist - make it',
          'network: aws_subnet.B: does not exist - make it',
        ],
      });
      expect(fixture.runFile()).not.toHaveProperty('outputs');
    });

    it('ends with a JSON result too', async () => {
      await fixture.run(fail, { json: true });
      const last = fixture.effects.printed.stdout.trim().split('\n').at(-1) ?? '';
      expect(JSON.parse(last)).toEqual({ type: 'result', ...fixture.runFile(), exitCode: 1 });
    });

    it('reports that nothing was changed', async () => {
      fixture.effects.installation = () => Promise.reject(new UserError(problem));
      await fixture.run(fixture.succeed);
      expect(fixture.effects.printed.stderr).toBe(
        'error network: aws_vpc.Vpc_1A: does not exist - make it\nnetwork: failed after 0.0 s, nothing was changed\n',
      );
      expect(fixture.effects.exitCode).toBe(1);
      expect(fixture.effects.listening).toBe(0);
    });

    it('exits with 70 and the stack trace for a defect', async () => {
      await fixture.run(() => Promise.reject(new TypeError('oops')));
      expect(fixture.effects.printed.stderr).toMatch(/^defect nightshift: .*\nTypeError: oops\n {4}at /);
      expect(fixture.effects.exitCode).toBe(70);
      expect(fixture.runFile()).toMatchObject({ status: 'failed', problems: ['TypeError: oops'] });
    });
  });

  describe('that is interrupted', () => {
    it('waits for Terraform, reports the completed changes, and exits with 130', async () => {
      await fixture.run(() => {
        fixture.effects.signal('SIGINT');
        fixture.effects.advance(3000);
        fixture.created('aws_vpc.Vpc_1A');
        expect(fixture.effects.played.options?.interrupt?.aborted).toBe(true);
        expect(fixture.effects.played.options?.kill?.aborted).toBe(false);
        return Promise.reject(new UserError({ where: 'network', what: 'interrupted', todo: 'run it again' }));
      });
      expect(fixture.effects.printed.stdout).toContain(
        'network        stopping network: Terraform finishes its current operations; press Ctrl-C again to stop immediately\n',
      );
      expect(fixture.effects.printed.stderr).toBe(
        'error network: interrupted - run it again\nnetwork: interrupted after 3.0 s, 1 added, 0 changed, 0 destroyed before that\n',
      );
      expect(fixture.effects.exitCode).toBe(130);
      expect(fixture.runFile()).toMatchObject({ status: 'interrupted', add: 1 });
    });

    it('reports that AWS may finish the changes in progress', async () => {
      await fixture.run(() => {
        fixture.effects.signal('SIGINT');
        const change = { type: 'resource', action: 'update', address: 'aws_vpc.Vpc_1A', elapsedSeconds: 1 } as const;
        fixture.effects.played.options?.onEvent({ ...change, status: 'failed' });
        return Promise.reject(new UserError({ where: 'network', what: 'interrupted', todo: 'run it again' }));
      });
      const unfinished = '1 more change was in progress, and AWS may have finished it';
      expect(fixture.effects.printed.stderr).toBe(
        `error network: interrupted - run it again\nnetwork: interrupted after 0.0 s, 0 added, 0 changed, 0 destroyed before that; ${unfinished}\n`,
      );
      expect(fixture.runFile().problems).toEqual(['network: interrupted - run it again', unfinished]);
    });

    it('forwards a later signal', async () => {
      await fixture.run(async (...given) => {
        fixture.effects.signal('SIGINT');
        fixture.effects.advance(3000);
        fixture.effects.signal('SIGINT');
        expect(fixture.effects.played.options?.kill?.aborted).toBe(true);
        return await fixture.succeed(...given);
      });
      expect(fixture.runFile().status).toBe('succeeded');
    });

    it('reports a defect as a defect', async () => {
      await fixture.run(() => {
        fixture.effects.signal('SIGTERM');
        return Promise.reject(new TypeError('oops'));
      });
      expect(fixture.effects.exitCode).toBe(70);
    });
  });
});
