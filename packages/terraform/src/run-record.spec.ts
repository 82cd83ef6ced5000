import type { ProcessResult } from './run-process';
import { RunRecord } from './run-record';
import { TerraformError, TerraformInterrupted } from './terraform-error';
import type { TerraformEvent } from './terraform-event';
import { commandsForMessages, stackForMessages } from './testing/failure-context';
import { recordedOutput } from './testing/recorded-output';

const calm = { interrupted: false, killed: false };
const interrupted = { interrupted: true, killed: false };
const killed = { interrupted: true, killed: true };

function exit(exitCode: number) {
  return { exitCode, signal: undefined, startError: undefined };
}

function record(lines: readonly string[] = []) {
  const events: TerraformEvent[] = [];
  const stack = stackForMessages({ name: 'network', directory: '/out/dev/stacks/network' });
  const run = new RunRecord({
    command: 'terraform apply',
    phase: 'apply',
    stack,
    commands: commandsForMessages(stack),
    onEvent: (event) => events.push(event),
  });
  for (const line of lines) run.read(line);
  return { run, events };
}

function conclusionOf(lines: readonly string[], end: ProcessResult = exit(1), stopping = calm): unknown {
  try {
    return record(lines).run.conclude(end, stopping);
  } catch (error) {
    return error;
  }
}

/** The message, and what kinds of failure it is made of. */
function failed(...conclusion: Parameters<typeof conclusionOf>) {
  const error = conclusionOf(...conclusion);
  if (!(error instanceof TerraformError)) throw error;
  return { kinds: error.failures.map(({ kind }) => kind), message: error.message };
}

describe('RunRecord', () => {
  it('summarizes an apply: counts, replacements, changed outputs, and values that are not sensitive', () => {
    expect(conclusionOf(recordedOutput('apply'), exit(0))).toEqual({
      add: 2,
      change: 1,
      remove: 2,
      replace: 1,
      hasChanges: true,
      changedOutputs: ['changed', 'list'],
      outputs: { changed: 'new', kept: 'same', list: ['a', 'b'] },
    });
  });

  it('summarizes a destroy', () => {
    expect(conclusionOf(recordedOutput('destroy'), exit(0))).toEqual({
      add: 0,
      change: 0,
      remove: 4,
      replace: 0,
      hasChanges: true,
      changedOutputs: ['changed', 'kept', 'list', 'secret'],
      outputs: {},
    });
  });

  it('detects a run without changes', () => {
    expect(conclusionOf(recordedOutput('no-change-plan'), exit(0))).toMatchObject({
      hasChanges: false,
      changedOutputs: [],
    });
  });

  it('relies on -detailed-exitcode, which includes drift', () => {
    expect(conclusionOf(recordedOutput('drift'), exit(2))).toMatchObject({ hasChanges: true, add: 0 });
  });

  it('forwards events immediately, except that the other resources were not started', () => {
    const { events } = record(recordedOutput('interrupted-apply'));
    expect(events.filter(({ type }) => type === 'diagnostic')).toHaveLength(1);
    expect(events.slice(0, 2)).toEqual([
      { type: 'planned', address: 'terraform_data.A', action: 'create' },
      { type: 'planned', address: 'terraform_data.B', action: 'create' },
    ]);
  });

  it.each(['Resource targeting is in effect', 'Applied changes may be incomplete'])(
    'does not forward the warning about -target: %s',
    (summary) => {
      const warning = { type: 'diagnostic', diagnostic: { severity: 'warning', summary, detail: '' } };
      expect(record([JSON.stringify(warning)]).events).toEqual([]);
    },
  );

  it('forwards warnings, which are not failures', () => {
    const warning = { type: 'diagnostic', diagnostic: { severity: 'warning', summary: 'Deprecated', detail: '' } };
    const lines = [JSON.stringify(warning)];
    expect(record(lines).events).toHaveLength(1);
    expect(failed(lines).message).not.toContain('Deprecated');
  });

  it('explains a failure', () => {
    expect(failed(recordedOutput('state-locked'))).toEqual({
      kinds: ['state-lock-held'],
      message: expect.stringMatching(/^network: the state is locked by ada@build-7 since /) as string,
    });
  });

  it('says how to save an unsaved state, and not to deploy before', () => {
    const { kinds, message } = failed(recordedOutput('state-not-saved'));
    const [first, second, third] = message.split('\n');
    expect(kinds).toEqual(['state-not-saved', 'state-not-saved', 'lock-left']);
    expect(first).toMatch(
      /^network: Failed to save state: .* connection refused - if the local cloud has stopped, everything that was deployed to it is gone: run npm start to deploy again$/,
    );
    expect(second).toBe(
      'network: the changes are recorded only in /out/dev/stacks/network/errored.tfstate - save it before the next deploy: npx nightshift push-state network -c dev',
    );
    expect(third).toBe(
      'network: the state lock could not be released - run the same command again; if the state is still locked, the message says how to unlock it',
    );
  });

  it('distinguishes an interruption from a failure', () => {
    expect(conclusionOf(recordedOutput('interrupted-apply'), exit(1), interrupted)).toEqual(
      new TerraformInterrupted('network', 'apply'),
    );
  });

  it('succeeds if an interruption came too late to stop anything', () => {
    expect(conclusionOf(recordedOutput('apply'), exit(0), interrupted)).toMatchObject({ add: 2 });
  });

  it.each([
    ['an interruption', interrupted],
    ['a second interruption', killed],
  ])('says after %s that the state is not saved', (_, stopping) => {
    const { kinds } = failed(recordedOutput('state-not-saved'), exit(1), stopping);
    expect(kinds).toEqual(['state-not-saved', 'state-not-saved', 'lock-left']);
  });

  it('warns about the consequences of a second interruption', () => {
    expect(failed(recordedOutput('interrupted-apply'), exit(1), killed)).toEqual({
      kinds: ['stopped'],
      message:
        'network: terraform apply was killed: the state may lack the last changes - run the same command again; if the state is still locked, the message says how to unlock it',
    });
  });

  it.each([
    [
      'names the signal that ended Terraform',
      { signal: 'SIGKILL' } as const,
      'was ended by SIGKILL, possibly because the machine ran out of memory - run the same command again; if the state is still locked, the message says how to unlock it',
    ],
    [
      'says that Terraform could not be started',
      { startError: 'ENOENT' },
      'could not be started (ENOENT) - find out why: npx nightshift doctor',
    ],
  ])('%s', (_, end, message) => {
    expect(failed([], { exitCode: undefined, signal: undefined, startError: undefined, ...end })).toEqual({
      kinds: ['stopped'],
      message: `network: terraform apply ${message}`,
    });
  });

  it('puts errors in plain text first, since they are about the installation', () => {
    const locked = recordedOutput('state-locked');
    const { kinds, message } = failed([...locked, '╷', '│ Error: Error parsing /home/ada/.terraformrc', '╵']);
    expect(kinds).toEqual(['unknown', 'state-lock-held']);
    expect(message).toMatch(/^network: Error parsing \/home\/ada\/\.terraformrc - fix the cause/);
  });

  it('keeps the last lines of text to explain a failure without a diagnostic', () => {
    const lines = Array.from({ length: 150 }, (_, index) => `line ${String(index)}.`);
    const { message } = failed(lines, exit(11));
    expect(message).toMatch(/^network: terraform apply failed \(exit code 11\): line 50\. .* line 149 - fix the cause/);
  });

  it('names missing values of another stack once (R0.5)', () => {
    const lacks = (name: string) =>
      JSON.stringify({
        type: 'diagnostic',
        diagnostic: {
          severity: 'error',
          summary: 'Unsupported attribute',
          detail: `This object does not have an attribute named "${name}".`,
          snippet: {
            values: [{ traversal: 'data.terraform_remote_state.cross-stack-reference-input-network.outputs' }],
          },
        },
      });
    expect(failed([lacks('vpc_id'), lacks('subnet_0'), lacks('vpc_id')])).toEqual({
      kinds: ['upstream-missing'],
      message:
        'network: needs subnet_0, vpc_id of the network stack, which does not publish it yet - deploy it first: npx nx run network:deploy -c dev',
    });
  });
});
