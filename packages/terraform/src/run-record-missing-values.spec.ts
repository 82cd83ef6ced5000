import { mergeMissingValues } from './run-record';
import type { DiagnosticEvent } from './terraform-event';

const outputsOf = (stack: string) => `data.terraform_remote_state.cross-stack-reference-input-${stack}.outputs`;

function lacks(value: string, reference: string): DiagnosticEvent {
  return {
    type: 'diagnostic',
    severity: 'error',
    summary: 'Unsupported attribute',
    detail: `This object does not have an attribute named "${value}".`,
    address: 'aws_lb.Alb',
    references: [reference],
  };
}

describe('mergeMissingValues', () => {
  it('reports the missing values of each upstream stack once (R0.5)', () => {
    expect(
      mergeMissingValues([
        lacks('vpc_id', outputsOf('network')),
        lacks('repository_url', outputsOf('registry')),
        lacks('subnet_0', outputsOf('network')),
        lacks('vpc_id', outputsOf('network')),
      ]),
    ).toEqual([
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Unsupported attribute',
        detail: 'This object does not have an attribute named "subnet_0", "vpc_id".',
        references: [outputsOf('network')],
      },
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Unsupported attribute',
        detail: 'This object does not have an attribute named "repository_url".',
        references: [outputsOf('registry')],
      },
    ]);
  });

  it('accepts a detail without a value', () => {
    const silent = { ...lacks('vpc_id', outputsOf('network')), detail: 'Something else.' };
    expect(mergeMissingValues([silent])).toMatchObject([{ references: [outputsOf('network')] }]);
  });

  it('does not change other failures', () => {
    const others = [
      lacks('arn', 'aws_lb.Alb'),
      { ...lacks('vpc_id', outputsOf('network')), summary: 'Invalid index' },
      { type: 'diagnostic', severity: 'error', summary: 'Unsupported attribute', detail: '' },
    ] as const;
    expect(mergeMissingValues(others)).toEqual(others);
  });
});
