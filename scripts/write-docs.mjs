// `npm run docs` writes the parts of the documentation that follow from the code and from other pages: the pictures of the stacks, the
// table of rules, the keys of environment files, the help of the command, the schemas of `--json`, the list of decisions, the figures of
// the local cloud, and the stacks that the workflow can redeploy.
// With `--check` it writes nothing and fails when a part is out of date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEffects } from '@nightshift/cli';
import { environmentReference } from '@nightshift/config';
import { synthesizedStacks } from '@nightshift/platform';
import { modelOf, reachPicture, rules, rulesMarkdown } from '@nightshift/policy';
import { testEnvironment } from '@nightshift/testing';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { architectureDiagram } from '../apps/platform/src/architecture-diagram.ts';
import { commandReference } from '../packages/cli/src/command-reference.ts';
import { outputSchemas, outputTable } from '../packages/cli/src/output-schemas.ts';
import { root } from './ensure-installed.mjs';

const check = process.argv.includes('--check');
// The defaults of the schema, so that a change of one environment changes no documentation.
const environment = testEnvironment();
const stacks = synthesizedStacks(environment);

const picture = /(?<=```mermaid\n)[^]*?(?=\n```)/;
const parts = [
  ['README.md', picture, architectureDiagram(stacks)],
  ['docs/policy.md', picture, reachPicture(modelOf({ stacks, environment }))],
  [
    'docs/policy.md',
    /(?<=<!-- rules -->\n\n)[^]*(?=\n\n<!-- \/rules -->)/,
    rulesMarkdown(rules, '../packages/policy/src/rules'),
  ],
  ['docs/local-cloud.md', /(?<=<!-- validation -->\n)[^]*(?=<!-- \/validation -->)/, validationTable()],
  ['docs/local-cloud.md', /(?<=<!-- cloud-rules -->\n)[^]*(?=<!-- \/cloud-rules -->)/, cloudRules()],
  [
    'docs/environment-reference.md',
    /(?<=<!-- keys -->\n)[^]*(?=<!-- \/keys -->)/,
    `\n${environmentReference(requirementLink)}\n`,
  ],
  [
    'docs/commands.md',
    /(?<=<!-- commands -->\n)[^]*(?=<!-- \/commands -->)/,
    `\n${await commandReference(processEffects(process, {}))}\n`,
  ],
  ['docs/json-output.md', /(?<=<!-- schemas -->\n\n)[^]*(?=\n\n<!-- \/schemas -->)/, await outputTable()],
  [
    '.github/workflows/deploy.yml',
    /(?<=Stack to redeploy\n +type: choice\n +options: \[)[^\]]*/,
    Object.keys(stacks).join(', '),
  ],
  ['docs/decisions/README.md', /(?<=<!-- decisions -->\n)[^]*(?=<!-- \/decisions -->)/, decisionList()],
];

for (const [file, place, part] of parts) {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  if (!place.test(text)) throw new Error(`${file}: has no place that matches ${place}`);
  const replaced = text.replace(place, () => part);
  const { ignored } = await getFileInfo(path, { ignorePath: join(root, '.prettierignore') });
  const written = ignored ? replaced : await format(replaced, { ...(await resolveConfig(path)), filepath: path });
  if (written === text) continue;
  if (check) process.exitCode = 1;
  else writeFileSync(path, written);
  console.log(check ? `${file}: is out of date - run npm run docs` : `${file}: written`);
}

if (!check) {
  const directory = join(root, 'packages', 'cli', 'schema');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  for (const [file, schema] of await outputSchemas()) {
    writeFileSync(join(directory, file), `${JSON.stringify(schema, null, 2)}\n`);
  }
}

/** The heading of the area, such as R10: `## R10 Blue/green`. */
function requirementLink(requirement) {
  const [area] = requirement.split('.');
  const text = readFileSync(join(root, 'docs', 'requirements.md'), 'utf8');
  const [, title] = new RegExp(`^## (${area} .+)$`, 'm').exec(text);
  const anchor = title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
  return `requirements.md#${anchor}`;
}

/** One line per page, from its first heading: `# 0001 Title`. */
function decisionList() {
  const folder = join(root, 'docs', 'decisions');
  const lines = readdirSync(folder)
    .filter((name) => /^\d/.test(name))
    .sort()
    .map((name) => {
      const [, number, title] = /^# (\d+) (.+)$/m.exec(readFileSync(join(folder, name), 'utf8'));
      return `- [${number}](${name}) ${title}`;
    });
  return `\n${lines.join('\n')}\n\n`;
}

function cloudFigures() {
  const file = join(root, 'packages', 'local-cloud', 'python', 'tests', 'validation', 'figures.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The local cloud's rules between resources, from their declarations. */
function cloudRules() {
  const rows = cloudFigures().rules.map(([service, operations, what]) => `| ${service} | ${operations} | ${what} |`);
  return `\n${['| service | operation | refused |', '| --- | --- | --- |', ...rows].join('\n')}\n\n`;
}

/** The number of requests with a violated constraint that the local cloud refuses, as its Python tests counted them. */
function validationTable() {
  const { operations, recorded, services, kinds } = cloudFigures();
  const row = ([name, [refused, made]]) =>
    `| ${name} | ${made} | ${refused} | ${((100 * refused) / made).toFixed(1)} % |`;
  const table = (title, figures) =>
    [
      `| ${title} | requests | refused with the right code | share |`,
      '| --- | ---: | ---: | ---: |',
      ...figures.map(row),
    ].join('\n');
  const sum = Object.values(services).reduce(([refused, made], [one, other]) => [refused + one, made + other], [0, 0]);
  return `
${operations} operations, and ${recorded} correct requests of Terraform, our tools and the AWS CLI that all pass.

${table('service', [...Object.entries(services), ['all', sum]])}

${table('constraint', Object.entries(kinds))}

`;
}
