import { UserError } from '@nightshift/errors';
import { names, type Tree } from '@nx/devkit';
import { checkPhrase, type Edit, follow, textOf } from './recipe';

export interface KnobOptions {
  /** `<section>.<key>` */
  readonly name: string;
  /** Nx converts values that look like numbers or booleans. */
  readonly default: string | number | boolean;
  readonly description: string;
}

const where = 'nx g @nightshift/nx-stacks:knob';

/** A key of the environment file with a default, in a section that has its own file. */
export default function knobGenerator(tree: Tree, { name, description, ...options }: KnobOptions): void {
  const value = String(options.default);
  const [, section = '', key = ''] = /^([a-z]\w*)\.([a-z]\w*)$/.exec(name) ?? [];
  if (key === '') {
    throw new UserError({
      where,
      what: 'the name is not valid',
      got: JSON.stringify(name),
      todo: 'use <section>.<key>, both in camel case, such as service.desiredCount',
    });
  }
  if (!/^(?:true|false|0|[1-9]\d{0,3})$/.test(value)) {
    throw new UserError({
      where,
      what: 'the default is not valid',
      got: JSON.stringify(value),
      todo: 'use true, false or a whole number from 0 to 9999; add a key of another type by hand',
    });
  }
  checkPhrase('knob', 'description', description);
  const path = `packages/config/src/schema/${names(section).fileName}.ts`;
  if (!tree.exists(path)) {
    throw new UserError({
      where,
      what: 'the section has no file',
      got: section,
      todo: 'add the key to packages/config/src/schema/sections.ts by hand',
    });
  }
  const text = textOf(tree, path);
  const start = `export const ${section} = z.strictObject({\n`;
  const keys = text.slice(text.indexOf(start)).split('\n');
  if (keys.some((line) => line.startsWith(`  ${key}:`))) {
    throw new UserError({ where: path, what: 'the key exists already', got: key, todo: 'choose another name' });
  }
  const isSwitch = /^[tf]/.test(value);
  const type = isSwitch ? 'z.boolean()' : 'whole(0, 9999)';
  follow(tree, {
    files: {},
    edits: [
      ...(isSwitch ? [] : importOfWhole(path, text)),
      {
        path,
        insert: `  ${key}: ${type}.default(${value}).describe('${description}'),\n`,
        place: { after: start },
      },
    ],
    byHand: [
      `${path}: the range of ${key}, its unit in the name, and .meta({ requirement })`,
      'apps/<stack>/src/<construct>.ts: a prop that uses it, then its spec',
      'apps/<stack>/src/<stack>-stack.ts: the prop, unless the construct takes the whole section',
      'npm run schema -w packages/config and npm run docs: write environments/schema.json and docs/environment-reference.md',
    ],
  });
}

function importOfWhole(path: string, text: string): Edit[] {
  if (/^import \{.*\bwhole\b.*\} from '\.\/primitives';$/m.test(text)) return [];
  const end = " } from './primitives';";
  if (text.includes(end)) return [{ path, insert: ', whole', place: { before: end } }];
  return [
    { path, insert: "import { whole } from './primitives';", place: { among: /^import \{.*\} from '\.\/.*';$/ } },
  ];
}
