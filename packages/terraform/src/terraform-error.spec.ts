import { UserError } from '@nightshift/errors';
import { commandsForMessages, stackForMessages } from './testing/failure-context';
import { explainFailure, TerraformError, TerraformInterrupted } from './terraform-error';

function failureOf(address: string | undefined) {
  const stack = stackForMessages();
  const diagnostic = { type: 'diagnostic', severity: 'error', summary: 'Boom', detail: '' } as const;
  const about = address === undefined ? diagnostic : { ...diagnostic, address };
  return explainFailure({ stack, commands: commandsForMessages(stack), diagnostic: about });
}

describe('explainFailure', () => {
  it('names the resource and where it stands in the construct tree', () => {
    expect(failureOf('aws_ecs_cluster.Cluster_1A')).toMatchObject({
      address: 'aws_ecs_cluster.Cluster_1A',
      constructPath: 'compute/Cluster/Resource',
      problem: { where: 'compute: aws_ecs_cluster.Cluster_1A (compute/Cluster/Resource)', what: 'Boom' },
    });
  });

  it('names the resource alone when the construct tree does not know it', () => {
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
  it('is a message to the user that holds every failure', () => {
    const error = new TerraformError([failureOf('aws_vpc.Vpc'), failureOf(undefined)]);
    const todo = 'correct the cause and run the same command again; what is done stays done';
    expect(error).toBeInstanceOf(UserError);
    expect(error.failures).toHaveLength(2);
    expect(error.message).toBe(`compute: aws_vpc.Vpc: Boom - ${todo}\ncompute: Boom - ${todo}`);
  });
});

describe('TerraformInterrupted', () => {
  it('says that nothing is broken', () => {
    expect(new TerraformInterrupted('compute').message).toBe(
      'compute: interrupted; Terraform stopped cleanly, saved what is done and left no lock - run the same command again, it goes on from there',
    );
  });
});
