/**
 * Writes src/aws/service-limits.json: lengths, patterns, ranges and words that AWS's service models allow in the attributes of resources.
 * The models are those of botocore in the virtual environment of the local cloud (`npx nightshift local up` makes it), in the version
 * that packages/local-cloud/python/requirements.txt pins. Run after an update of it, or after a change of service-calls.mjs.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { format, resolveConfig } from 'prettier';
import { documented, serviceCalls } from './service-calls.mjs';

const root = join(import.meta.dirname, '../../..');
const file = join(import.meta.dirname, '../src/aws/service-limits.json');
const library = dirname(dirname(createRequire(import.meta.url).resolve('@cdktf/provider-aws/lib/vpc')));
const botocore = botocoreIn(join(root, '.nightshift', 'local', 'venv'));
const models = new Map();

const limits = Object.fromEntries(
  distinct([...Object.keys(serviceCalls), ...Object.keys(documented)])
    .map((type) => {
      const found = Object.entries(serviceCalls[type] ?? {}).flatMap(([call, as]) => limitsOfCall(type, call, as));
      return [type, firstOfEach([...(documented[type] ?? []), ...found])];
    })
    .filter(([, found]) => found.length > 0),
);
const table = { source: `botocore ${versionOf(botocore)}, data/<service>/*/service-2.json`, limits };
writeFileSync(file, await format(JSON.stringify(table), { ...(await resolveConfig(file)), filepath: file }));
console.log(`${Object.values(limits).flat().length} limits of ${Object.keys(limits).length} types`);

function limitsOfCall(type, call, as) {
  const [service, operation] = call.split('.');
  const model = modelOf(service);
  const input = model.shapes[model.operations[operation].input.shape];
  const known = attributesOf(type);
  const context = { model, call, known };
  const named = Object.entries(as).flatMap(([path, member]) => {
    const shape = shapeAt(model, input, member);
    return walk(path.endsWith('{}') ? { ...context, known: undefined } : context, shape, { path, member });
  });
  const renamed = Object.values(as);
  const found = Object.entries(input.members)
    .filter(([member]) => !renamed.includes(member))
    .flatMap(([member, { shape }]) =>
      children(context, '', member).flatMap((path) => walk(context, shape, { path, member })),
    );
  return [...named, ...found];
}

/** Limits of a shape, and of all that is in it. */
function walk(context, name, { path, member, seen = [] }) {
  const { model, call } = context;
  const shape = model.shapes[name];
  if (seen.includes(name)) return [];
  const inside = { seen: [...seen, name] };
  const own = limitOf(shape, { path, source: `${call} ${member}` });
  if (path === 'tags') return [...own, ...limitsOfTags(model, shape, `${call} ${member}`)];
  if (shape.type === 'list') return [...own, ...walk(context, shape.member.shape, { path, member, ...inside })];
  if (shape.type !== 'structure') return own;
  return Object.entries(shape.members).flatMap(([child, { shape: of }]) =>
    children(context, path, child).flatMap((at) =>
      walk(context, of, { path: at, member: `${member}.${child}`, ...inside }),
    ),
  );
}

/** What Terraform may call a member: as it is, or in the singular where a block can be there more than once. */
function children({ known }, path, member) {
  if (!known) return [`${path}.${member}`];
  const name = member
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return [name, name.replace(/s$/, '')]
    .filter((one, index, all) => all.indexOf(one) === index && known.has(one))
    .map((one) => (path === '' ? one : `${path}.${one}`));
}

function limitOf({ type, min, max, pattern, enum: words }, { path, source }) {
  const kind = {
    string: 'length',
    list: 'items',
    map: 'items',
    integer: 'value',
    long: 'value',
    double: 'value',
    float: 'value',
  }[type];
  const usable = pattern && patternOf(pattern);
  if (!kind || (min === undefined && max === undefined && !usable && !words)) return [];
  const least = kind === 'items' ? undefined : min || (kind === 'value' ? min : undefined);
  if (kind === 'items' && max === undefined) return [];
  return [{ path, kind, min: least, max, pattern: usable, words, source }];
}

/** A list of keys and values, or a map. */
function limitsOfTags(model, shape, source) {
  const item = shape.type === 'list' ? model.shapes[shape.member.shape] : undefined;
  const member = (end) => Object.entries(item.members).find(([name]) => end.test(name))[1];
  const key = model.shapes[(item ? member(/key$/i) : shape.key).shape];
  const value = model.shapes[(item ? member(/value$/i) : shape.value).shape];
  return [
    ...limitOf(key, { path: 'tags#key', source: `${source} key` }),
    ...limitOf(value, { path: 'tags#value', source: `${source} value` }),
  ];
}

/** Java's classes, and what both understand. @returns undefined where JavaScript does not */
function patternOf(pattern) {
  const translated = pattern
    .replace(/\\p\{Print\}/g, '[\\x20-\\x7e]')
    .replace(/\\p\{Alnum\}/g, '[A-Za-z0-9]')
    .replace(/\\p\{ASCII\}/g, '[\\x00-\\x7f]')
    .replace('\\uD800\\uDC00-\\uDBFF\\uDFFF', '\\u{10000}-\\u{10ffff}');
  try {
    new RegExp(`^(?:${translated})$`, flagsOf(translated));
    return translated === '.*' || translated === '.+' ? undefined : translated;
  } catch {
    console.error(`left out, as JavaScript does not understand it: ${pattern}`);
    return undefined;
  }
}

function flagsOf(pattern) {
  return /\\[pu]\{/.test(pattern) ? 'su' : 's';
}

function shapeAt(model, shape, path) {
  let name;
  for (const member of path.split('.')) {
    while (shape.type === 'list') shape = model.shapes[shape.member.shape];
    name = shape.members[member].shape;
    shape = model.shapes[name];
  }
  return name;
}

function attributesOf(type) {
  const folder = type.replace(/^aws_/, '').replaceAll('_', '-');
  const declarations = readFileSync(join(library, folder, 'index.d.ts'), 'utf8');
  const names = [...declarations.matchAll(/^\s+readonly (\w+)\??:/gm)].map(([, name]) => name);
  return new Set(names.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)));
}

function modelOf(service) {
  if (!models.has(service)) {
    const folder = join(botocore, 'data', service);
    const newest = readdirSync(folder).sort().at(-1);
    models.set(service, JSON.parse(gunzipSync(readFileSync(join(folder, newest, 'service-2.json.gz')))));
  }
  return models.get(service);
}

function botocoreIn(environment) {
  const folders = ['lib', 'lib64', 'Lib'].flatMap((name) => candidates(join(environment, name)));
  const found = folders.find((folder) => readdirSync(folder).includes('botocore'));
  if (!found) throw new Error(`no botocore in ${environment} - run npx nightshift local up first`);
  return join(found, 'botocore');
}

function candidates(folder) {
  try {
    const names = readdirSync(folder);
    if (names.includes('site-packages')) return [join(folder, 'site-packages')];
    return names.filter((name) => name.startsWith('python')).map((name) => join(folder, name, 'site-packages'));
  } catch {
    return [];
  }
}

function versionOf(folder) {
  return /^__version__ = '(.*)'$/m.exec(readFileSync(join(folder, '__init__.py'), 'utf8'))[1];
}

function distinct(items) {
  return [...new Set(items)];
}

function firstOfEach(found) {
  return found.filter(
    (one, index) => found.findIndex(({ path, kind }) => path === one.path && kind === one.kind) === index,
  );
}
