import { nothingChanged } from '../testing/fake-terraform';
import { VerbRun } from '../testing/run-verb';

describe('destroy', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
    verb.terraform.summary = { ...nothingChanged, remove: 2, hasChanges: true };
    verb.terraform.meanwhile = (emit) => {
      for (const address of ['aws_vpc.Vpc_1A', 'aws_subnet.B']) {
        emit({ type: 'resource', status: 'start', address, action: 'delete', elapsedSeconds: 0 });
        emit({ type: 'resource', status: 'done', address, action: 'delete', elapsedSeconds: 0 });
      }
    };
  });
  afterEach(() => {
    verb.dispose();
  });

  it('removes the stack and says what is gone (R0.10)', async () => {
    expect(await verb.run('destroy network -c dev')).toEqual({
      stdout: [
        'network  - aws_vpc.Vpc_1A (network/Vpc/Resource) destroyed 0.0 s',
        'network  - aws_subnet.B destroyed 0.0 s',
        'network: 0 added, 0 changed, 2 destroyed in 0.0 s',
        '  1 aws_subnet, 1 aws_vpc',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['init'], ['destroy']]);
  });

  it('says so where there was nothing', async () => {
    verb.terraform.summary = nothingChanged;
    verb.terraform.meanwhile = () => undefined;
    expect((await verb.run('destroy network -c dev')).stdout).toBe('network: nothing to destroy (0.0 s)\n');
  });

  it('gives programs the addresses', async () => {
    const { stdout } = await verb.run('destroy network -c dev --json');
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'result',
      remove: 2,
      removed: ['aws_vpc.Vpc_1A', 'aws_subnet.B'],
      outputs: {},
    });
  });

  it('asks nobody where nobody could answer, as below Nx', async () => {
    await verb.run('destroy network -c dev');
    expect(verb.effects.questions).toEqual([]);
  });

  describe('typed by hand', () => {
    beforeEach(() => {
      verb.effects.interactive = true;
    });

    it('asks for the name of the environment', async () => {
      verb.effects.answer = ' dev ';
      expect((await verb.run('destroy network -c dev')).exitCode).toBe(0);
      expect(verb.effects.questions).toEqual([
        'This destroys everything in the network stack of dev. Type dev to go on: ',
      ]);
      expect(verb.terraform.calls).toContainEqual(['destroy']);
    });

    it('destroys nothing when something else is typed', async () => {
      verb.effects.answer = 'yes';
      expect(await verb.run('destroy network -c dev')).toEqual({
        stdout: '',
        stderr: 'error nightshift destroy: not confirmed, nothing was destroyed, got yes - type dev, or add --yes\n',
        exitCode: 1,
      });
      expect(verb.terraform.calls).toEqual([]);
    });

    it('does not ask when that is not wanted', async () => {
      expect((await verb.run('destroy network -c dev --yes')).exitCode).toBe(0);
      expect(verb.effects.questions).toEqual([]);
    });
  });
});
