import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PreflightFixture } from '@nightshift/release/testing';
import { parse } from 'yaml';
import { ReleaseRun } from './testing/release-run';
import { VerbRun } from './testing/run-verb';

/** A command that a page quotes with its output. */
interface Quote {
  readonly file: string;
  readonly line: string;
  readonly output: string;
  /** The content of the environment file besides its tags. */
  readonly environment: string;
}

const root = join(__dirname, '..', '..', '..');
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root })
  .toString()
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const quotes = pages.flatMap((file) => quotesIn(file, readFileSync(join(root, file), 'utf8')));
const TAGS = 'tags: { Project: Nightshift, CostCenter: risk-analytics }\n';

describe('the outputs in the documentation', () => {
  let verb: VerbRun;
  let release: ReleaseRun;

  beforeEach(() => {
    verb = new VerbRun();
    const { effects } = verb;
    effects.unhealthy = { kind: 'missing-image', image: 'initial', repository: 'ecr-repository-dev' };
    effects.pendingChanges = {
      runs: true,
      definition: [{ kind: 'environment', what: 'environment LOG_LEVEL', after: 'debug' }],
      service: [{ what: 'capacity', before: 'FARGATE 30, FARGATE_SPOT 70', after: 'FARGATE 50, FARGATE_SPOT 50' }],
    };
    release = new ReleaseRun();
    effects.synthesizedStacks = async (environment) =>
      (await import('@nightshift/platform')).synthesizedStacks(environment);
  });

  afterEach(() => {
    verb.dispose();
    release.dispose();
  });

  it('exist', () => {
    expect(quotes.length).toBeGreaterThan(5);
    const block = '$ npx nightshift plan netwrk -c dev\nerror one\n…\n$ npx nightshift url -c dev\nhttp://two\n';
    const quoted = { file: 'a.md', environment: '' };
    expect(quotesIn('a.md', `text\n\n\`\`\`text\n${block}\`\`\`\n`)).toEqual([
      { ...quoted, line: 'plan netwrk -c dev', output: 'error one\n…\n' },
      { ...quoted, line: 'url -c dev', output: 'http://two\n' },
    ]);
    expect(
      quotesIn('a.md', '<!-- environments/dev.yaml:\ntask: {}\n-->\n\n```text\n$ npx nightshift url\nx\n```\n'),
    ).toEqual([{ ...quoted, environment: 'task: {}\n', line: 'url', output: 'x\n' }]);
  });

  it.each(quotes)('$file: $line', async ({ line, output, environment }) => {
    const run = line.startsWith('release') ? release : verb;
    Object.assign(release.engine, { preflight: () => preflightOf(environment) });
    for (const [name, keys] of [['dev', environment], ...OTHERS])
      writeFileSync(join(run.effects.root, 'environments', `${name}.yaml`), TAGS + keys);
    if (line.startsWith('policy')) verb.effects.checkPolicy = checkPolicy;
    const { stdout, stderr } = await run.run(line);
    const printed = stdout + stderr;
    expect(abridged(printed, output)).toBe(output);
  });
});

/** With the rules; other verbs show stacks that satisfy them. */
const checkPolicy: VerbRun['effects']['checkPolicy'] = async (environment, stacks) => {
  const { checkPolicies, modelOf } = await import('@nightshift/policy');
  return checkPolicies(modelOf({ stacks, environment }), environment.waivers, '2026-01-01');
};

/** The checks of a release in a new account, on a Monday evening in London. */
async function preflightOf(environment: string) {
  const fixture = new PreflightFixture();
  fixture.file = (parse(environment) ?? {}) as object;
  fixture.now = new Date('2026-11-23T21:45:00Z');
  fixture.answers['GetServiceQuota'] = () => ({ Quota: { Value: 6 } });
  return await fixture.run();
}

/** The output as the page shows it, or the whole output if it does not contain the parts around `…` in this order. */
function abridged(printed: string, output: string): string {
  const parts = output.split(/^…\n/m);
  if (parts.length === 1) return printed;
  let from = 0;
  const fits = parts.every((part) => {
    const start = printed.indexOf(part, from);
    from = start + part.length;
    return start >= 0;
  });
  return fits ? output : printed;
}

/** The example environments of the pages: a change of a file in `environments/` changes no page. */
const OTHERS = [
  ['staging', ''],
  ['prod', 'service: { capacity: { onDemandBase: 1 } }\nencryption: { deletionWindowDays: 30 }\n'],
] as const;

/** Blocks of text with lines `$ npx nightshift …`. The output follows its command; a line `…` stands for lines that are left out. */
function quotesIn(file: string, markdown: string): Quote[] {
  const blocks = markdown.matchAll(/(?:<!-- environments\/dev\.yaml:\n([^]*?)-->\n\n)?^```text\n([^]*?)^```/gm);
  return [...blocks].flatMap(([, environment = '', block]) =>
    [...String(block).matchAll(/^\$ npx nightshift (.+)\n((?:(?!\$ ).*\n)*)/gm)].map(([, line, output]) => ({
      file,
      environment,
      line: String(line),
      output: String(output),
    })),
  );
}
