// `npm run docs` writes the parts of the documentation that follow from the code and from other pages: the pictures of the stacks, the
// table of rules and the list of decisions.
// With `--check` it writes nothing and fails when a part is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizedStacks } from '@nightshift/platform';
import { modelOf, reachPicture, rules, rulesMarkdown } from '@nightshift/policy';
import { testEnvironment } from '@nightshift/testing';
import { format, resolveConfig } from 'prettier';
import { architectureDiagram } from '../apps/platform/src/architecture-diagram.ts';
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
  ['docs/decisions/README.md', /(?<=<!-- decisions -->\n)[^]*(?=<!-- \/decisions -->)/, decisionList()],
];

for (const [file, place, part] of parts) {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  if (!place.test(text)) throw new Error(`${file}: has no place that matches ${place}`);
  const written = await format(
    text.replace(place, () => part),
    { ...(await resolveConfig(path)), filepath: path },
  );
  if (written === text) continue;
  if (check) process.exitCode = 1;
  else writeFileSync(path, written);
  console.log(check ? `${file}: is out of date - run npm run docs` : `${file}: written`);
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
