import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { environmentFile, environmentNames, listEnvironments, loadEnvironment } from './index';

const directory = join(__dirname, '..', '..', '..', 'environments');
const profiles = listEnvironments(directory).filter(({ profile }) => profile);
const load = (name: string) =>
  loadEnvironment({ directory, name, suffix: profiles.some((profile) => profile.name === name) ? 'pr-123' : name });
const text = (name: string) => readFileSync(join(directory, `${name}.yaml`), 'utf8');

describe('the environments of this repository', () => {
  it('are delivered by no pipeline until an account is named, then one after the other, prod last', () => {
    expect(listEnvironments(directory).filter(({ deliveryOrder }) => deliveryOrder !== undefined)).toEqual([]);
    const orders = environmentNames(directory)
      .map((name) => ({ name, file: environmentFile.parse(parse(withDelivery(text(name)))) }))
      .flatMap(({ name, file: { account, delivery } }) => (delivery ? [{ name, account, order: delivery.order }] : []))
      .sort((one, other) => one.order - other.order);
    expect(orders.at(-1)?.name).toBe('prod');
    expect(new Set(orders.map(({ order }) => order)).size).toBe(orders.length);
    for (const { account } of orders) expect(account?.id).toBe('123456789012');
  });

  it.each(environmentNames(directory))('%s is valid, and says where the editor finds the schema', (name) => {
    expect(load(name).tags).toMatchObject({ Project: 'Nightshift', CostCenter: 'risk-analytics' });
    expect(text(name).split('\n')[0]).toBe('# yaml-language-server: $schema=./schema.json');
  });

  it.each(environmentNames(directory))('%s names no account, neither as a key nor in an ARN', (name) => {
    expect(text(name)).not.toMatch(/\d{12}/);
  });

  it.each(environmentNames(directory))('%s says only what differs from the defaults', (name) => {
    expect(needless(parse(text(name)))).toEqual([]);
  });

  it('would be found to repeat a default', () => {
    const tags = { Project: 'p', CostCenter: 'c' };
    expect(needless({ tags, task: { cpu: 2048, memoryMiB: 8192 }, cloud: 'local' })).toEqual(['task.cpu']);
  });

  it('local is all defaults where it is committed; try a knob in your working copy', () => {
    const committed = execFileSync('git', ['show', 'HEAD:environments/local.yaml'], { cwd: directory }).toString();
    const tags = { Project: 'Nightshift', CostCenter: 'risk-analytics' };
    expect(parse(committed)).toEqual({ cloud: 'local', tags });
  });

  it('dev and preview are small and have the cheapest network', () => {
    for (const { network, task, scaling } of [load('dev'), load('preview')]) {
      expect([network.natGateways, network.endpointZones]).toEqual(['none', 'one']);
      expect(task.cpu).toBeLessThanOrEqual(512);
      expect(scaling.maximum).toBeLessThanOrEqual(3);
    }
  });

  it('prod keeps a task when all of Spot is taken back, and a longer way back', () => {
    const { service, deployment, network } = load('prod');
    expect(service.capacity).toEqual({ spotWeight: 70, onDemandWeight: 30, onDemandBase: 1 });
    expect(deployment.terminationWaitMinutes).toBe(30);
    expect(network.natGateways).toBe('one-per-zone');
  });

  it('have networks that do not overlap, so that they can be connected one day', () => {
    const networks = environmentNames(directory).map((name) => load(name).network.cidr);
    expect(new Set(networks.map((cidr) => cidr.split('.', 2).join('.'))).size).toBe(networks.length);
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
