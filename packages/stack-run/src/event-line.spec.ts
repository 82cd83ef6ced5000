import { cut } from '@nightshift/console';
import type { ResourceEvent, TerraformAction, TerraformEvent } from '@nightshift/terraform';
import { createColors } from 'picocolors';
import { eventLine, nameOf, prefixOf } from './event-line';

const props = {
  milliseconds: 10_100,
  colours: createColors(false),
  constructPath: (address: string) => (address === 'aws_vpc.Vpc_1A' ? 'network/Vpc/Resource' : undefined),
};

const resource = (action: TerraformAction, status: ResourceEvent['status'], address = 'aws_vpc.Vpc_1A') =>
  ({ type: 'resource', status, address, action, elapsedSeconds: 10 }) as const;

const diagnostic = (more: object) =>
  ({ type: 'diagnostic', severity: 'warning', summary: 'Deprecated', detail: '', ...more }) as TerraformEvent;

describe('the line of an event', () => {
  it.each([
    [resource('create', 'done'), '+ Vpc  aws_vpc  10.1 s'],
    [resource('update', 'done'), '~ Vpc  aws_vpc  10.1 s'],
    [resource('delete', 'done', 'aws_vpc.Old'), '- aws_vpc.Old  10.1 s'],
    [resource('create', 'failed'), 'x Vpc  aws_vpc  failed creating 10.1 s'],
    [resource('refresh', 'failed'), 'x Vpc  aws_vpc  failed refreshing 10.1 s'],
    [diagnostic({}), '! Deprecated'],
    [
      diagnostic({ detail: 'Use this.\nAnd not that.', address: 'aws_vpc.Vpc_1A' }),
      '! Deprecated: Use this. (Vpc  aws_vpc)',
    ],
    [{ type: 'phase', phase: 'init' } as const, 'connecting to state and provider'],
    [{ type: 'phase', phase: 'install' } as const, 'installing the provider'],
    [{ type: 'phase', phase: 'lock' } as const, 'waiting for the state lock, which another run holds'],
  ])('%j', (event, line) => {
    expect(eventLine(event, props)).toBe(line);
  });

  it.each<[TerraformEvent]>([
    [resource('create', 'start')],
    [resource('create', 'progress')],
    [resource('refresh', 'done')],
    [resource('read', 'done')],
    [resource('provision', 'done')],
    [diagnostic({ severity: 'error' })],
    [{ type: 'phase', phase: 'plan' }],
    [{ type: 'planned', address: 'aws_vpc.Vpc_1A', action: 'create' }],
    [{ type: 'drift', address: 'aws_vpc.Vpc_1A', action: 'update' }],
    [{ type: 'summary', operation: 'plan', add: 1, change: 0, remove: 0 }],
  ])('is omitted: %j', (event) => {
    expect(eventLine(event, props)).toBeUndefined();
  });

  it('keeps the index of a resource, and does not mention that it is read', () => {
    const constructPath = () => 'network/Vpc/Private';
    expect(nameOf('aws_subnet.Private_2B[0]', { constructPath })).toBe('Vpc/Private[0]  aws_subnet');
    expect(nameOf('data.aws_region.Region', { constructPath })).toBe('Vpc/Private  aws_region');
  });

  it('colours the action and dims other text', () => {
    expect(eventLine(resource('create', 'done'), { ...props, colours: createColors(true) })).toBe(
      '\u001B[32m+\u001B[39m Vpc  aws_vpc  \u001B[2m10.1 s\u001B[22m',
    );
  });
});

describe('the prefix of a line', () => {
  it('has the same width for every stack of the environment', () => {
    expect(prefixOf({ name: 'network', siblings: ['network', 'observability'] })).toBe('network        ');
    expect(prefixOf({ name: 'observability', siblings: ['network', 'observability'] })).toBe('observability  ');
  });
});

describe('cut', () => {
  it('keeps text that fits', () => {
    expect(cut('12345', 5)).toBe('12345');
  });

  it('shortens text to the width', () => {
    expect(cut('123456', 5)).toBe('1234…');
  });

  it('is empty without room', () => {
    expect(cut('123456', -3)).toBe('…');
  });
});
