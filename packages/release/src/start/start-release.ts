import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { UserError } from '@nightshift/errors';
import { isAboutAws } from '../aws-answers';
import { keepImagesInUse } from '../image/images-in-use';
import { appSpec } from '../plan/app-spec';
import { diffLines, diffRelease } from '../plan/diff-text';
import type { ReleasePlan } from '../plan/plan-release';
import { portIn } from '../plan/task-revisions';
import type { ReleaseRecord } from '../record';
import { abandonedBefore, RecordStore, type StoredRecord } from '../records/record-store';
import type { ReleaseContext } from '../release-context';
import { notTested } from '../watch/test-new-version';
import { notStartedRecord, reopenedRecord } from '../watch/closed-record';
import { alarmOverride, createDeployment } from './create-deployment';
import { nextAction, type ReleaseAction } from './next-action';
import { registerRevision } from './register-revision';
import { restoreScaling, suspendedScaling, suspendScaling } from './service-scaling';

/** The steps before the deployment, in order; `restore` and `close` run if the start fails. */
export type StartStep = Exclude<ReleaseAction, 'watch' | 'wait' | 'done'>;

export interface StartHooks {
  /** Called before each step. */
  readonly onStep?: (step: StartStep) => void;
}

/**
 * Starts a planned release: writes the record, suspends auto-scaling, registers the revision, creates the deployment. If a step fails,
 * undoes the steps before it.
 * @returns the id of the deployment, for `watchRelease`.
 * @throws {UserError} when another release or deployment is in progress.
 */
export async function startRelease(
  context: ReleaseContext,
  plan: ReleasePlan,
  hooks: StartHooks = {},
): Promise<string> {
  const start = new Start(context, plan);
  for (;;) {
    const action = nextAction(await start.facts());
    if (action === 'watch') return start.deploymentId;
    if (action === 'done' || action === 'wait') throw start.failure ?? startTimedOut(plan);
    hooks.onStep?.(action);
    await start.take(action);
  }
}

function startTimedOut({ target }: ReleasePlan): UserError {
  return new UserError({
    where: `releases of ${target.suffix}`,
    what: 'the start timed out and another command closed it; nothing was released',
    todo: 'run the same command again',
  });
}

function startNotUndone({ target }: ReleasePlan, failure: unknown, error: Error, suspended: boolean): UserError {
  return new UserError({
    where: `releases of ${target.suffix}`,
    what: `the start failed and could not be undone: ${suspended ? 'auto-scaling may be suspended' : 'its record is still open'}`,
    got: `${messageOf(failure)}; then ${error.message}`,
    todo: `undo the rest: ${target.commands.nightshift('release status')}`,
  });
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/** One start and its progress. */
class Start {
  failure: unknown;
  deploymentId = '';
  private readonly store: RecordStore;
  private stored: StoredRecord | undefined;
  private suspended = false;
  private restoredAt: string | undefined;
  private revision: string | undefined;
  private cannotNote = false;

  constructor(
    private readonly context: ReleaseContext,
    private readonly plan: ReleasePlan,
  ) {
    const { bucket, suffix } = plan.target;
    this.store = new RecordStore(context.clients.s3, bucket, suffix);
    this.revision = plan.to.taskDefinition;
  }

  async facts() {
    const { record, object } = (await this.readRecord()) ?? {};
    return {
      role: 'starter',
      record: record ? (record.outcome === undefined ? 'open' : 'closed') : 'none',
      scalingNoted: record?.scaling.noted === true,
      suspended: this.suspended,
      restored: this.restoredAt !== undefined && this.restoredAt === object?.etag,
      revision: this.revision !== undefined,
      deployment: this.deploymentId === '' ? 'none' : 'going-on',
      deploymentNoted: record?.deploymentId !== undefined || this.cannotNote,
      failed: this.failure !== undefined,
      abandoned: false,
    } as const;
  }

  /** A step that fails before there is a deployment ends the start. If undoing it also fails, the next command completes it. */
  async take(action: StartStep): Promise<void> {
    if (action === 'restore' || action === 'close') {
      try {
        return await this[action]();
      } catch (error) {
        throw isAboutAws(error) ? startNotUndone(this.plan, this.failure, error, this.suspended) : error;
      }
    }
    try {
      await this.step(action);
    } catch (error) {
      if (this.deploymentId === '') this.failure ??= error;
      else this.cannotNote = true;
    }
  }

  /** The current record. Once there is a deployment, a failed read does not end the start: the watch finds the record, or the record the deployment. */
  private async readRecord(): Promise<StoredRecord | undefined> {
    try {
      if (this.stored) this.stored = await this.store.read(this.stored.object.key);
    } catch (error) {
      // Without a deployment, the start fails and undoes its changes according to the last record.
      if (this.deploymentId === '') this.failure ??= error;
      else this.cannotNote = true;
    }
    return this.stored;
  }

  private async step(action: Exclude<StartStep, 'restore' | 'close'>): Promise<void> {
    const { context, plan } = this;
    switch (action) {
      case 'begin':
        await this.keepImages();
        this.stored = await this.begin();
        return;
      case 'note-scaling': {
        const suspendedBefore = await suspendedScaling(context);
        await this.write((record) => ({
          ...record,
          scaling: { noted: true, ...(suspendedBefore && { suspendedBefore }) },
        }));
        return;
      }
      case 'suspend': {
        const { suspendedBefore } = this.record.scaling;
        // Set before the call, which may succeed although its response is lost.
        this.suspended = true;
        if (suspendedBefore) await suspendScaling(context, suspendedBefore);
        return;
      }
      case 'register': {
        const taskDefinition = await registerRevision(context, plan, this.record.id);
        this.revision = taskDefinition;
        await this.write((record) => ({ ...record, to: { ...record.to, taskDefinition } }));
        return;
      }
      case 'deploy': {
        const { strategy, network, target, wanted } = plan;
        const containerPort = portIn(wanted, target.containerName) ?? target.containerPort;
        const content = appSpec({
          target,
          taskDefinition: String(this.revision),
          containerPort,
          strategy,
          network,
        });
        const alarms = await alarmOverride(context, plan);
        this.deploymentId = await createDeployment(context, this.record, content, alarms);
        return;
      }
      case 'note-deployment':
      case 'reopen':
        await this.write((record) => reopenedRecord(record, this.deploymentId));
        return;
    }
  }

  /** A rollback starts even if the role cannot tag images: it must not wait for a change of permissions. */
  private async keepImages(): Promise<void> {
    const { context, plan } = this;
    try {
      await keepImagesInUse(context, plan.to.digest);
    } catch (error) {
      if (plan.kind === 'release' || !isAboutAws(error)) throw error;
    }
  }

  private async restore(): Promise<void> {
    const { record, object } = this.stored as StoredRecord;
    if (record.scaling.suspendedBefore) await restoreScaling(this.context, record.scaling.suspendedBefore);
    this.suspended = false;
    this.restoredAt = object.etag;
  }

  private async close(): Promise<void> {
    await this.write((record) => notStartedRecord(record, this.context.clock.now(), messageOf(this.failure)));
  }

  private async begin(): Promise<StoredRecord> {
    const { context, plan, store } = this;
    const previous = await store.latest();
    const open = previous?.record.outcome === undefined ? previous : undefined;
    const begun = open ? undefined : await store.begin(await this.newRecord(), previous, abandonedBefore(context));
    if (begun) return begun;
    throw new UserError({
      where: `releases of ${plan.target.suffix}`,
      what: 'another release is in progress',
      ...(open && { got: `${open.record.kind} ${open.record.id} of ${open.record.startedAt} by ${open.record.by}` }),
      todo: `wait for it: ${plan.target.commands.nightshift('release watch')}`,
    });
  }

  private async newRecord(): Promise<ReleaseRecord> {
    const { context, plan } = this;
    const { Arn: by } = await context.clients.sts.send(new GetCallerIdentityCommand({}));
    return {
      version: 1,
      id: context.newId(),
      suffix: plan.target.suffix,
      startedAt: context.clock.now().toISOString(),
      by: String(by),
      kind: plan.kind,
      from: plan.from,
      to: plan.to,
      changes: [...diffLines(diffRelease(plan))],
      strategy: plan.strategy,
      events: [],
      durations: {},
      scaling: {},
      ...(plan.settings.testWaitMinutes === 0 && { verification: notTested(context) }),
      ...(plan.duringWindow !== undefined && { duringWindow: plan.duringWindow }),
    };
  }

  private get record(): ReleaseRecord {
    return (this.stored as StoredRecord).record;
  }

  /** If another process has written the record since, the next step is decided from the new record. */
  private async write(change: (record: ReleaseRecord) => ReleaseRecord): Promise<void> {
    const stored = this.stored as StoredRecord;
    this.stored = (await this.store.replace(stored, change(stored.record))) ?? stored;
  }
}
