import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentSchema } from './environment-schema';

const project = join(__dirname, '..');
const committed = () => readFileSync(join(project, '..', '..', 'environments', 'schema.json'), 'utf8');

interface Schema {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: unknown;
}

describe('environmentSchema', () => {
  const schema = environmentSchema() as Schema;

  it('requires only the tags, and refuses unknown keys', () => {
    expect(schema).toMatchObject({ required: ['tags'], additionalProperties: false });
    expect(schema.properties?.['tags']).toMatchObject({ required: ['Project', 'CostCenter'] });
  });

  it('describes every setting for the editor', () => {
    expect(undescribed(schema)).toEqual([]);
    expect(undescribed({ properties: { a: { items: { oneOf: [{ properties: { b: {} } }] } } } })).toEqual([
      '.a',
      '.a.b',
    ]);
  });

  it('has choices and defaults', () => {
    expect(schema.properties?.['task']?.properties?.['cpu']).toMatchObject({
      enum: [256, 512, 1024, 2048, 4096, 8192, 16384],
      default: 2048,
    });
  });

  it('explains patterns with the text of our messages', () => {
    expect(schema.properties?.['account']?.properties?.['id']).toMatchObject({
      pattern: String.raw`^\d{12}$`,
      patternErrorMessage: 'is not an AWS account id - write its 12 digits in quotes',
    });
  });
});

describe('environments/schema.json', () => {
  it('is up to date with the schema; if not, run: npm run schema -w packages/config', () => {
    expect(committed()).toBe(`${JSON.stringify(environmentSchema(), null, 2)}\n`);
  });

  it('is the output of `npm run schema`', () => {
    const directory = mkdtempSync(join(tmpdir(), 'schema-'));
    const file = join(directory, 'schema.json');
    const args = ['--import', 'tsx', join('bin', 'write-schema.ts'), file];
    execFileSync(process.execPath, args, { cwd: project, stdio: 'pipe' });
    expect(readFileSync(file, 'utf8')).toBe(committed());
    rmSync(directory, { recursive: true });
  });
});

/** Paths of the properties that have no description. */
function undescribed({ properties = {}, items, oneOf = [] }: Schema, path = ''): string[] {
  return [
    ...Object.entries(properties).flatMap(([key, property]) => [
      ...(property.description ? [] : [`${path}.${key}`]),
      ...undescribed(property, `${path}.${key}`),
    ]),
    ...(items ? undescribed(items, path) : []),
    ...oneOf.flatMap((alternative) => undescribed(alternative, path)),
  ];
}
