import fc from 'fast-check';
import { parseMessage, type TerraformMessage } from './terraform-event';
import { recordedOutput } from './testing/recorded-output';

function read(name: string): TerraformMessage[] {
  return recordedOutput(name)
    .map(parseMessage)
    .filter(({ type }) => type !== 'ignored');
}

function parse(message: object): TerraformMessage {
  return parseMessage(JSON.stringify(message));
}

describe('parseMessage', () => {
  it('reads the planned changes of an apply', () => {
    expect(read('apply').filter(({ type }) => type === 'planned')).toEqual([
      {
        type: 'planned',
        address: 'terraform_data.Removed',
        action: 'delete',
        reason: 'delete_because_no_resource_config',
      },
      { type: 'planned', address: 'terraform_data.Changed', action: 'update' },
      { type: 'planned', address: 'terraform_data.Slow', action: 'create' },
      { type: 'planned', address: 'terraform_data.Replaced', action: 'replace', reason: 'cannot_update' },
    ]);
  });

  it('follows a resource from start to end, in seconds', () => {
    const slow = read('apply').filter((message) => 'address' in message && message.address === 'terraform_data.Slow');
    const event = { type: 'resource', address: 'terraform_data.Slow' };
    expect(slow).toEqual([
      { type: 'planned', address: 'terraform_data.Slow', action: 'create' },
      { ...event, status: 'start', action: 'create', elapsedSeconds: 0 },
      { ...event, status: 'start', action: 'provision', elapsedSeconds: 0 },
      { ...event, status: 'progress', action: 'provision', elapsedSeconds: 0 },
      { ...event, status: 'progress', action: 'create', elapsedSeconds: 10 },
      { ...event, status: 'done', action: 'provision', elapsedSeconds: 0 },
      { ...event, status: 'done', action: 'create', elapsedSeconds: 11 },
    ]);
  });

  it('reads refreshes, counts and outputs', () => {
    const messages = read('apply');
    expect(messages[0]).toEqual({
      type: 'resource',
      status: 'start',
      address: 'terraform_data.Removed',
      action: 'refresh',
      elapsedSeconds: 0,
    });
    expect(messages.filter(({ type }) => type === 'summary')).toEqual([
      { type: 'summary', operation: 'plan', add: 2, change: 1, remove: 2 },
      { type: 'summary', operation: 'apply', add: 2, change: 1, remove: 2 },
    ]);
    expect(messages.filter(({ type }) => type === 'outputs')).toEqual([
      {
        type: 'outputs',
        outputs: [
          { name: 'changed', sensitive: false, action: 'update' },
          { name: 'kept', sensitive: false, action: 'noop' },
          { name: 'list', sensitive: false, action: 'create' },
          { name: 'secret', sensitive: true, action: 'noop' },
        ],
      },
      {
        type: 'outputs',
        outputs: [
          { name: 'changed', sensitive: false, value: 'new' },
          { name: 'kept', sensitive: false, value: 'same' },
          { name: 'list', sensitive: false, value: ['a', 'b'] },
          { name: 'secret', sensitive: true },
        ],
      },
    ]);
  });

  it('reads drift', () => {
    expect(read('drift').find(({ type }) => type === 'drift')).toEqual({
      type: 'drift',
      address: 'aws_cloudwatch_log_group.LogGroup_1A',
      action: 'delete',
    });
  });

  it('reports the wait for a lock, and why it failed', () => {
    expect(read('state-locked')).toEqual([
      { type: 'phase', phase: 'lock' },
      {
        type: 'diagnostic',
        severity: 'error',
        summary: 'Error acquiring the state lock',
        detail: expect.stringContaining('Lock Info:\n  ID:  ') as string,
      },
    ]);
  });

  it('reports that the provider is being installed', () => {
    const message = 'Installing provider version: hashicorp/aws v5.100.0...';
    expect(parse({ type: 'log', '@message': message })).toEqual({ type: 'phase', phase: 'install' });
  });

  it('reads the resource of an error', () => {
    expect(read('already-exists').at(-1)).toMatchObject({
      type: 'diagnostic',
      severity: 'error',
      address: 'aws_cloudwatch_log_group.LogGroup_1A',
      detail: '',
    });
  });

  it.each([
    ['resource.aws_vpc.Vpc_1A.tags', 'aws_vpc.Vpc_1A'],
    ['data.aws_region.Region_1A', 'data.aws_region.Region_1A'],
    ['output.vpc_id', undefined],
  ])('finds the address of %p in the block that an early error names', (context, address) => {
    const diagnostic = { severity: 'error', summary: 'Unsupported argument', detail: '', snippet: { context } };
    expect(parse({ type: 'diagnostic', diagnostic })).toEqual({
      type: 'diagnostic',
      severity: 'error',
      summary: 'Unsupported argument',
      detail: '',
      ...(address === undefined ? {} : { address }),
    });
  });

  it('reads the expressions of an error', () => {
    const values = [{ traversal: 'data.terraform_remote_state.network.outputs', statement: 'is object' }, {}];
    expect(parse({ type: 'diagnostic', diagnostic: { severity: 'warning', snippet: { values } } })).toEqual({
      type: 'diagnostic',
      severity: 'warning',
      summary: '',
      detail: '',
      references: ['data.terraform_remote_state.network.outputs'],
    });
  });

  it('treats an unknown action as an update, so that the summary shows it', () => {
    const change = { resource: { addr: 'aws_vpc.A' }, action: 'transmogrify' };
    expect(parse({ type: 'planned_change', change })).toEqual({
      type: 'planned',
      address: 'aws_vpc.A',
      action: 'update',
    });
  });

  it('forwards lines that are not JSON, without empty lines', () => {
    expect(parseMessage('panic: oh no')).toEqual({ type: 'text', text: 'panic: oh no' });
    expect(parseMessage(' ')).toEqual({ type: 'ignored' });
  });

  it('removes escape codes, in JSON and around it', () => {
    const diagnostic = { severity: 'error', summary: '\u001b[31mbad\u001b[0m', detail: 'a\u0007\u001b[1mb' };
    const line = `\u001b[0m${JSON.stringify({ type: 'diagnostic', diagnostic })}`;
    expect(parseMessage(line)).toMatchObject({ summary: 'bad', detail: 'ab' });
    expect(parseMessage('\u001b[31mError\u001b[0m')).toEqual({ type: 'text', text: 'Error' });
  });

  it.each<[object]>([
    [{ type: 'version', terraform: '1.11.4' }],
    [{ type: 'log', '@message': 'Stopping operation...' }],
    [{ type: 'log' }],
    [{ type: 'apply_constructor', hook: { resource: { addr: 'a.b' } } }],
    [{ type: 'apply_start', hook: {} }],
    [{ type: 'apply_start' }],
    [{ type: 'planned_change' }],
    [{ type: 'planned_change', change: { action: 'create' } }],
    [{ type: 'change_summary' }],
    [{ type: 'change_summary', changes: { operation: 'import' } }],
    [{ type: 'diagnostic' }],
    [{}],
  ])('ignores %j', (message) => {
    expect(parse(message)).toEqual({ type: 'ignored' });
  });

  it('treats invalid outputs as no outputs', () => {
    expect(parse({ type: 'outputs' })).toEqual({ type: 'outputs', outputs: [] });
    expect(parse({ type: 'outputs', outputs: { a: 1 } })).toEqual({ type: 'outputs', outputs: [] });
  });

  it('never throws for any text', () => {
    const types = ['apply_start', 'planned_change', 'resource_drift', 'change_summary', 'outputs', 'diagnostic', 'log'];
    const field = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()));
    const keys = ['hook', 'change', 'changes', 'outputs', 'diagnostic', '@message'] as const;
    const message = fc.record(
      { type: fc.constantFrom(...types), ...Object.fromEntries(keys.map((key) => [key, field])) },
      { requiredKeys: [] },
    );
    const nested = fc.record({
      type: fc.constantFrom(...types),
      change: fc.record({ resource: fc.record({ addr: fc.jsonValue() }), action: fc.jsonValue() }),
      diagnostic: fc.record({ snippet: fc.record({ context: fc.jsonValue(), values: fc.jsonValue() }) }),
    });
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      message.map((m) => JSON.stringify(m)),
      nested.map((m) => JSON.stringify(m)),
    );
    fc.assert(
      fc.property(line, (text) => {
        expect(typeof parseMessage(text).type).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
