import { VerbRun } from '../testing/run-verb';

it('outputs prints the values that a stack publishes', async () => {
  const verb = new VerbRun();
  verb.terraform.published = { vpc_id: 'vpc-1' };
  const { stdout, exitCode } = await verb.run('outputs network -c dev');
  verb.dispose();
  expect([stdout, exitCode]).toEqual(['network: 1 outputs\n  vpc_id  vpc-1\n', 0]);
});
