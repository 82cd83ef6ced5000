import type { z } from 'zod';
import { overlap, parseCidr } from '../cidr';
import { fargateSizes, isFargateCpu } from '../fargate-sizes';
import type { EnvironmentFile } from './environment';

type Context = z.core.$RefinementCtx;
type Path = readonly PropertyKey[];

/** The VPC's network is divided by 8: six subnets and two spares; a subnet of AWS has 16 addresses at least. */
const VPC_PREFIX = { shortest: 16, longest: 24 };

/** Rules over several fields; each names the field that the user would change first. */
export function crossFieldRules(file: EnvironmentFile, context: Context): void {
  const problem = (path: Path, message: string, input: unknown) =>
    context.issues.push({ code: 'custom', path: [...path], message, input });

  taskSize(file, problem);
  vpcSize(file, problem);
  capacity(file, problem);
  scalingBounds(file, problem);
  healthChecks(file, problem);
  secretsAndVariables(file, problem);
}

type Report = (path: Path, message: string, input: unknown) => void;

function taskSize({ task: { cpu, memoryMiB } }: EnvironmentFile, problem: Report): void {
  if (!isFargateCpu(cpu)) {
    problem(
      ['task', 'cpu'],
      `is not a size that Fargate offers - use one of ${Object.keys(fargateSizes).join(', ')}`,
      cpu,
    );
    return;
  }
  const sizes: readonly number[] = fargateSizes[cpu];
  if (sizes.includes(memoryMiB)) return;
  const [smallest, second] = sizes;
  const step = Number(second) - Number(smallest);
  const offer = sizes.length === 3 ? sizes.join(', ') : `${smallest} to ${sizes.at(-1)} in steps of ${step}`;
  problem(['task', 'memoryMiB'], `is not what Fargate offers with ${cpu} CPU units - use ${offer}`, memoryMiB);
}

function vpcSize({ network: { cidr, egress } }: EnvironmentFile, problem: Report): void {
  const vpc = parseCidr(cidr);
  if (!vpc) return;
  if (vpc.prefixLength < VPC_PREFIX.shortest || vpc.prefixLength > VPC_PREFIX.longest) {
    problem(
      ['network', 'cidr'],
      `does not hold six subnets that AWS accepts - use a prefix from /${VPC_PREFIX.shortest} to /${VPC_PREFIX.longest}`,
      cidr,
    );
  }
  egress.forEach((destination, index) => {
    const other = parseCidr(destination.cidr);
    if (other && other.prefixLength > 0 && overlap(vpc, other)) {
      problem(
        ['network', 'egress', index, 'cidr'],
        `overlaps the network of the VPC (${cidr}) - name a network outside of it`,
        destination.cidr,
      );
    }
  });
}

function capacity({ service }: EnvironmentFile, problem: Report): void {
  const { spotWeight, onDemandWeight, onDemandBase } = service.capacity;
  if (spotWeight + onDemandWeight === 0) {
    problem(
      ['service', 'capacity'],
      'has no weight above 0 - give spotWeight or onDemandWeight a share',
      service.capacity,
    );
  }
  if (onDemandBase > 0 && onDemandWeight === 0) {
    problem(
      ['service', 'capacity', 'onDemandBase'],
      'needs on-demand capacity - give onDemandWeight a share',
      onDemandBase,
    );
  }
}

function scalingBounds({ scaling, service }: EnvironmentFile, problem: Report): void {
  const { minimum, maximum, scaleIn, scaleOut } = scaling;
  if (minimum > maximum)
    problem(['scaling', 'minimum'], `is above maximum (${maximum}) - lower it or raise maximum`, minimum);
  else if (service.desiredCount < minimum || service.desiredCount > maximum) {
    problem(
      ['service', 'desiredCount'],
      `is outside of scaling (${minimum} to ${maximum}) - choose a number in between`,
      service.desiredCount,
    );
  }
  if (scaleIn.cpuPercent >= scaleOut.cpuPercent) {
    problem(
      ['scaling', 'scaleIn', 'cpuPercent'],
      `is not below scaleOut.cpuPercent (${scaleOut.cpuPercent}) - lower it, else tasks come and go without end`,
      scaleIn.cpuPercent,
    );
  }
}

function healthChecks({ container, loadBalancer }: EnvironmentFile, problem: Report): void {
  const checks = [
    [['container', 'healthCheck'], container.healthCheck],
    [['loadBalancer', 'healthCheck'], loadBalancer.healthCheck],
  ] as const;
  for (const [path, { timeoutSeconds, intervalSeconds }] of checks) {
    if (timeoutSeconds >= intervalSeconds) {
      problem(
        [...path, 'timeoutSeconds'],
        `is not below intervalSeconds (${intervalSeconds}) - lower it`,
        timeoutSeconds,
      );
    }
  }
  const listenerPort = loadBalancer.listener.protocol === 'HTTPS' ? [80, 443] : [80];
  if (listenerPort.includes(loadBalancer.testListener.port)) {
    problem(
      ['loadBalancer', 'testListener', 'port'],
      'is the port of the production listener - choose another',
      loadBalancer.testListener.port,
    );
  }
}

function secretsAndVariables({ container }: EnvironmentFile, problem: Report): void {
  for (const name of Object.keys(container.secrets)) {
    if (name in container.environment) {
      problem(
        ['container', 'secrets', name],
        'is also a plain environment variable - remove one of the two',
        container.secrets[name],
      );
    }
  }
}
