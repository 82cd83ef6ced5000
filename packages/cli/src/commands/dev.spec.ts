import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ECRClient } from '@aws-sdk/client-ecr';
import { type ReleaseContext, releaseTarget } from '@nightshift/release';
import { fakeClient, sdkError } from '@nightshift/testing/aws';
import { Command } from 'commander';
import { FakeEffects } from '../testing/fake-effects';
import { FakeEngine } from '../testing/fake-engine';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { FakeLocalCloud } from '../testing/fake-local-cloud';
import { type DevWorld, register } from './dev';
import type { RegistryClients } from '@nightshift/aws-access';

const URL = 'http://127.0.0.1:20001';

const PACKAGE = { dependencies: { '@nightshift/errors': '*', zod: '4.0.0' } };

/** `nightshift dev` with fakes of the sources, the bundler, the registry and the engine. */
class DevRun {
  readonly root = fakeWorkspace();
  readonly engine = new FakeEngine();
  readonly cloud = new FakeLocalCloud();
  readonly effects = Object.assign(new FakeEffects(), {
    root: this.root,
    localCloud: this.cloud.provide,
    spawn: this.spawn.bind(this),
  });
  readonly tags: string[] = [];
  /** The source in each round. */
  sources = ['one'];
  refusal: Error | undefined;
  watched: readonly string[] = [];
  closed = false;
  private source = '';

  constructor() {
    const app = join(this.root, 'apps', 'batch-processor');
    mkdirSync(app, { recursive: true });
    writeFileSync(join(app, 'package.json'), JSON.stringify(PACKAGE));
    writeFileSync(join(app, 'sample-job.json'), '{}');
    this.cloud.deploy('local', URL);
    this.next();
  }

  async run(line = '') {
    const put = ({ imageTag }: { imageTag: string }) => {
      this.tags.push(imageTag);
      return {};
    };
    const ecr = fakeClient({ PutImage: put as () => object }, () => this.refusal) as ECRClient;
    const clock = { now: this.effects.now, sleep: () => Promise.resolve() };
    const world: DevWorld = {
      engine: this.engine,
      contextFor: (environment) =>
        Promise.resolve({ clock, target: releaseTarget(environment), timeScale: 60 } as unknown as ReleaseContext),
      connectRegistry: () => Promise.resolve({ ecr } as RegistryClients),
      watchSources: ({ directories }) => {
        this.watched = directories;
        return Promise.resolve({
          next: () => {
            if (this.next()) return Promise.resolve(this.effects.monotonic());
            this.effects.signal();
            return Promise.resolve(undefined);
          },
          close: () => {
            this.closed = true;
            return Promise.resolve();
          },
        });
      },
      fetch: () => {
        const { calls, request } = this.engine;
        const headers = { 'X-Version': calls.includes('start') ? String(request?.image) : 'initial' };
        return Promise.resolve(new Response('{"valueAtRisk":55.25}', { headers }));
      },
    };
    const command = new Command('dev').exitOverride();
    register(command, this.effects, world);
    const failure = await command.parseAsync(line.split(' ').filter(Boolean), { from: 'user' }).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
    return { ...this.effects.printed, failure };
  }

  private next(): boolean {
    const source = this.sources.shift();
    this.source = source ?? '';
    return source !== undefined;
  }

  private spawn(_: string, args: readonly string[]) {
    writeFileSync(String(args.at(-1)).replace('--outfile=', ''), this.source);
    return spawn(process.execPath, ['-e', '']);
  }
}

let run: DevRun;

beforeEach(() => {
  run = new DevRun();
});

afterEach(() => {
  rmSync(run.root, { recursive: true });
});

describe('nightshift dev', () => {
  it('releases the source, prints the answer to the sample job and the log lines, and ends on Ctrl-C', async () => {
    run.engine.lines = [{ time: new Date('2026-11-24T02:00:01Z'), task: '3f2a1b9c77e0aa', text: 'listening' }];
    const { stdout, stderr, failure } = await run.run();
    expect(failure).toBeUndefined();
    expect(stderr).toBe('');
    expect(run.tags).toEqual([expect.stringMatching(/^dev-[0-9a-f]{10}$/)]);
    const tag = String(run.tags[0]);
    expect(stdout.split('\n').filter((line) => line.startsWith('dev'))).toEqual([
      `dev  watching apps/batch-processor; the service is at ${URL}`,
      'dev  building apps/batch-processor',
      `dev  releasing ${tag} as d-8QZ4K1P2N`,
      `dev  ${tag}: shifting`,
      `dev  ${tag} answers 200 after 0.0 s: {"valueAtRisk":55.25}`,
      'dev  waiting for the next change; Ctrl-C ends',
      'dev  ended',
    ]);
    expect(stdout).toContain('02:00:01 3f2a1b9c listening\n');
    expect(run.watched).toEqual([join(run.root, 'apps/batch-processor'), join(run.root, 'packages/errors')]);
    expect(run.closed).toBe(true);
    expect(run.effects.listening).toBe(0);
    expect(run.cloud.uses).toEqual(['dev of local']);
    expect(existsSync(join(run.root, '.nightshift/dev-local.lock'))).toBe(false);
  });

  it('prints a log line that tasks repeat once, and then the number of the tasks', async () => {
    const line = (second: number, task: string, text: string) => ({
      time: new Date(`2026-11-24T02:00:0${String(second)}Z`),
      task,
      text,
    });
    const crash = JSON.stringify({ level: 'error', message: 'cannot start', problems: ['x'.repeat(80)] });
    run.engine.lines = [
      line(1, '3f2a1b9c77e0aa', crash),
      line(2, '4f2a1b9c77e0aa', crash),
      line(3, '5f2a1b9c77e0aa', crash),
      line(4, '5f2a1b9c77e0aa', 'retry'),
      line(5, '5f2a1b9c77e0aa', 'retry'),
    ];
    const { stdout } = await run.run();
    const shown = `cannot start {"problems":["${'x'.repeat(80)}"]}`;
    expect(stdout.split('\n').filter((text) => text.startsWith('02:'))).toEqual([
      `02:00:01 3f2a1b9c error: ${shown}`,
      '02:00:04 5f2a1b9c retry',
      '02:00:05 5f2a1b9c retry',
      `02:00:03 3 × error: ${shown.slice(0, 64)}…`,
    ]);
  });

  it('gives each bundle its own tag, and releases none that is running', async () => {
    run.sources = ['two', 'two'];
    const { stdout } = await run.run();
    expect(new Set(run.tags).size).toBe(2);
    expect(stdout).toContain(`nothing to release: ${String(run.tags[2])} runs already`);
  });

  it('prints why AWS refuses the image, and waits for the next change', async () => {
    run.refusal = sdkError('AccessDeniedException', 'no', 403);
    const { stdout, stderr, failure } = await run.run();
    expect(failure).toBeUndefined();
    expect(stderr).toContain('error nightshift dev: AWS does not allow it');
    expect(stdout).toContain('dev  waiting for the next change; Ctrl-C ends\ndev  ended\n');
  });

  it('does not stop a release in progress on the second Ctrl-C', async () => {
    run.engine.whileWatching = () => {
      run.effects.signal();
      run.effects.signal();
      return Promise.resolve();
    };
    const { stdout } = await run.run();
    expect(stdout).toContain(
      `dev  stopping the release of ${String(run.tags[0])}; Ctrl-C again leaves it in progress\n`,
    );
    expect(stdout).toContain(`dev  the release of ${String(run.tags[0])} continues: npx nightshift release watch\n`);
    expect(run.engine.calls).toContain('stop d-8QZ4K1P2N');
  });

  it('accepts only environments of the local cloud', async () => {
    expect((await run.run('-c dev')).failure).toBe(
      'nightshift dev: is for environments on the local cloud, got dev - leave -c out, or name an environment with cloud: local',
    );
  });

  it('requires a running local cloud with the environment', async () => {
    run.cloud.current = { running: false };
    expect((await run.run()).failure).toBe(
      'nightshift dev: the local cloud is not running - start it and deploy: npm start',
    );
    await run.cloud.up();
    expect((await run.run()).failure).toBe(
      'environment local: the local cloud has no load balancer of this environment - deploy it: npx nx run-many -t deploy -c local',
    );
  });
});
