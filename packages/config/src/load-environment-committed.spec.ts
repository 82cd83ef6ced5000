import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { environmentFile, environmentNames, listEnvironments, loadEnvironment } from './index';

const EDITOR_LINE = '# yaml-language-server: $schema=./schema.json';
const directory = join(__dirname, '..', '..', '..', 'environments');
const profiles = listEnvironments(directory).filter(({ profile }) => profile);
const load = (name: string) =>
  loadEnvironment({ directory, name, suffix: profiles.some((profile) => profile.name === name) ? 'pr-123' : name });
const text = (name: string) => readFileSync(join(directory, `${name}.yaml`), 'utf8');

describe('the environments of this repository', () => {
  it('are not deployed by the pipeline until they have an account, and then in order, dev before prod', () => {
    const orders = environmentNames(directory)
      .map((name) => ({ name, file: environmentFile.parse(parse(withDelivery(text(name)))) }))
      .flatMap(({ name, file: { account, delivery } }) => (delivery ? [{ name, account, order: delivery.order }] : []))
      .sort((one, other) => one.order - other.order);
    expect(orders.map(({ name }) => name).filter((name) => ['dev', 'prod'].includes(name))).toEqual(['dev', 'prod']);
    expect(
      orders
        .filter(({ order }, index) => orders[index - 1]?.order === order)
        .map(({ name, order }) => `environments/${name}.yaml: delivery.order: another environment has ${order}`),
    ).toEqual([]);
    for (const { account } of orders) expect(account?.id).toMatch(/^\d{12}$/);
  });

  it.each(environmentNames(directory))('%s is valid, and names the schema for the editor', (name) => {
    expect(load(name).name).toBe(name);
    const isFound = text(name).startsWith(`${EDITOR_LINE}\n`);
    expect(isFound ? [] : [`environments/${name}.yaml: the first line is not "${EDITOR_LINE}"`]).toEqual([]);
  });

  it.each(environmentNames(directory))('%s contains no account ID except account.id', (name) => {
    const numbers = text(name).match(/(?<=[:'"])\d{12}(?=[:'"])/g) ?? [];
    expect(
      numbers
        .filter((id) => id !== load(name).account?.id)
        .map((id) => `environments/${name}.yaml: names the account ${id}, which is not account.id`),
    ).toEqual([]);
  });

  it.each(environmentNames(directory))('%s contains only differences from the defaults', (name) => {
    expect(
      needless(parse(text(name))).map((key) => `environments/${name}.yaml: ${key}: is the default - remove it`),
    ).toEqual([]);
  });

  it('are checked for repeated defaults', () => {
    const tags = { Project: 'p', CostCenter: 'c' };
    expect(needless({ tags, task: { cpu: 2048, memoryMiB: 8192 }, cloud: 'local' })).toEqual(['task.cpu']);
  });

  it('local has only defaults', () => {
    const committed = execFileSync('git', ['show', 'HEAD:environments/local.yaml'], { cwd: directory }).toString();
    const tags = { Project: 'Nightshift', CostCenter: 'risk-analytics' };
    expect(parse(committed)).toEqual({ cloud: 'local', tags });
  });

  it('dev and preview are no larger than prod, and have the cheapest network', () => {
    const prod = load('prod');
    for (const { network, task, scaling } of [load('dev'), load('preview')]) {
      expect([network.natGateways, network.endpointZones]).toEqual(['none', 'one']);
      expect(task.cpu).toBeLessThanOrEqual(prod.task.cpu);
      expect(scaling.maximum).toBeLessThanOrEqual(prod.scaling.maximum);
    }
  });

  it('prod keeps a task when Spot capacity ends, and a longer termination wait than the default', () => {
    const { service, deployment, network } = load('prod');
    const defaults = environmentFile.parse({ tags: { Project: 'p', CostCenter: 'c' } });
    expect(service.capacity.onDemandBase).toBeGreaterThan(0);
    expect(deployment.terminationWaitMinutes).toBeGreaterThan(defaults.deployment.terminationWaitMinutes);
    expect(network.natGateways).toBe('one-per-zone');
  });

  it('have networks that do not overlap, so that they can be connected', () => {
    const networks = environmentNames(directory).map((name) => ({ name, cidr: load(name).network.cidr }));
    const isTaken = (cidr: string, before: typeof networks) =>
      before.find((other) => other.cidr.split('.', 2).join('.') === cidr.split('.', 2).join('.'));
    expect(
      networks.flatMap(({ name, cidr }, index) => {
        const other = isTaken(cidr, networks.slice(0, index));
        return other
          ? [`environments/${name}.yaml: network.cidr: ${cidr} is in the network of ${other.name} - choose another one`]
          : [];
      }),
    ).toEqual([]);
  });
});

/** What a user makes of a file: `account` and `delivery` without the comment marks. */
function withDelivery(yaml: string): string {
  return yaml.replace(/^# (?=(account|  id|delivery|  order):)/gm, '').replace('<12 digits>', '123456789012');
}

/** Paths of the settings without which a file would say the same. */
function needless(file: unknown): string[] {
  const { data: meaning } = environmentFile.safeParse(file);
  return pathsOf(file)
    .filter((path) => isDeepStrictEqual(environmentFile.safeParse(without(file, path)).data, meaning))
    .map((path) => path.join('.'));
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[key], ...pathsOf(child).map((rest) => [key, ...rest])]);
}

function without(data: unknown, path: readonly string[]): unknown {
  const copy: unknown = structuredClone(data);
  const parent = path.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(Object(value), key), copy);
  Reflect.deleteProperty(Object(parent), String(path.at(-1)));
  return copy;
}
