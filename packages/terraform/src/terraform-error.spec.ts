import { UserError } from '@nightshift/errors';
import { diagnosticsInText, explainFailure, TerraformError, TerraformInterrupted } from './terraform-error';
import { stackForMessages, commandsForMessages } from './testing/failure-context';

function failureOf(address: string | undefined) {
  const stack = stackForMessages();
  const diagnostic = { type: 'diagnostic', severity: 'error', summary: 'Boom', detail: '' } as const;
  const about = address === undefined ? diagnostic : { ...diagnostic, address };
  return explainFailure({ stack, commands: commandsForMessages(stack), diagnostic: about });
}

describe('explainFailure', () => {
  it('names the resource and its construct path', () => {
    expect(failureOf('aws_ecs_cluster.Cluster_1A')).toMatchObject({
      address: 'aws_ecs_cluster.Cluster_1A',
      constructPath: 'compute/Cluster/Resource',
      problem: { where: 'compute: aws_ecs_cluster.Cluster_1A (compute/Cluster/Resource)', what: 'Boom' },
    });
  });

  it('names only the resource if the construct tree does not have it', () => {
    expect(failureOf('aws_vpc.Vpc').problem.where).toBe('compute: aws_vpc.Vpc');
  });

  it('names the stack alone when Terraform names no resource', () => {
    expect(failureOf(undefined)).toMatchObject({
      address: undefined,
      constructPath: undefined,
      problem: { where: 'compute' },
    });
  });
});

describe('TerraformError', () => {
  it('is a user error with every failure', () => {
    const error = new TerraformError([failureOf('aws_vpc.Vpc'), failureOf(undefined)]);
    const todo = 'fix the cause and run the same command again; finished changes are kept';
    expect(error).toBeInstanceOf(UserError);
    expect(error.failures).toHaveLength(2);
    expect(error.message).toBe(`compute: aws_vpc.Vpc: Boom - ${todo}\ncompute: Boom - ${todo}`);
  });
});

describe('TerraformInterrupted', () => {
  it('says that nothing is damaged', () => {
    expect(new TerraformInterrupted('compute', 'apply').message).toBe(
      'compute: interrupted; Terraform stopped cleanly, saved the state and released its lock - run the same command again to continue',
    );
  });

  it('says that a plan changes nothing', () => {
    expect(new TerraformInterrupted('compute', 'plan').message).toBe(
      'compute: interrupted; nothing was changed - run the same command again',
    );
  });
});

describe('diagnosticsInText', () => {
  it('reads every boxed error, without colours', () => {
    const text = `There are some problems with the CLI configuration:
\u001b[31m╷\u001b[0m
\u001b[31m│\u001b[0m \u001b[1mError: \u001b[0mError parsing /home/ada/.terraformrc: At 2:2: object expected closing RBRACE got: EOF
\u001b[31m│\u001b[0m
\u001b[31m╵\u001b[0m

As a result of the above problems, Terraform may not behave as intended.

╷
│ Error: Failed to read the given file as a state or plan file
│
│ State read error: Error loading statefile: open p: no such file
│ or directory
╵`;
    expect(diagnosticsInText(text.split('\n'))).toEqual([
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Error parsing /home/ada/.terraformrc: At 2:2: object expected closing RBRACE got: EOF',
        detail: '',
      },
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Failed to read the given file as a state or plan file',
        detail: 'State read error: Error loading statefile: open p: no such file\nor directory',
      },
    ]);
  });

  it('reads an error without a box', () => {
    const text =
      '\nError: Backend initialization required, please run "terraform init"\n\nReason: Initial configuration';
    expect(diagnosticsInText(text.split('\n'))).toEqual([
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Backend initialization required, please run "terraform init"',
        detail: 'Reason: Initial configuration',
      },
    ]);
  });

  it('finds no error in warnings and other text', () => {
    expect(diagnosticsInText(['╷', '│ Warning: Deprecated Parameter', '╵', 'Releasing state lock.'])).toEqual([]);
    expect(diagnosticsInText([])).toEqual([]);
  });
});
