import { fargateCpus, fargateSizes } from '../fargate-sizes';
import { problemsOf } from '../problems-of.fixture';

describe('task (R4.1)', () => {
  it.each(fargateCpus.flatMap((cpu) => fargateSizes[cpu].map((memoryMiB) => ({ cpu, memoryMiB }))))(
    'accepts $cpu CPU units with $memoryMiB MiB',
    ({ cpu, memoryMiB }) => expect(problemsOf(`task: { cpu: ${cpu}, memoryMiB: ${memoryMiB} }`)).toEqual([]),
  );

  it.each([
    [
      'cpu: 300',
      'cpu: is not a size that Fargate offers, got 300 - use one of 256, 512, 1024, 2048, 4096, 8192, 16384',
    ],
    ['cpu: "256"', 'cpu: is text, but must be a number, got "256" - remove the quotes'],
    [
      'cpu: 256',
      'memoryMiB: is not a size that Fargate offers with 256 CPU units, got 4096 (the default) - use 512, 1024, 2048',
    ],
    [
      'cpu: 8192, memoryMiB: 17408',
      'memoryMiB: is not a size that Fargate offers with 8192 CPU units, got 17408 - use 16384 to 61440 in steps of 4096',
    ],
    [
      'memoryMiB: 4 GB',
      'memoryMiB: is not a whole number, got "4 GB" - use one of MiB that Fargate offers with task.cpu, such as 4096 with 2048',
    ],
    ['architecture: arm64', 'architecture: is not one of the choices, got "arm64" - use X86_64 or ARM64'],
  ])('refuses %s', (yaml, problem) => expect(problemsOf(`task: { ${yaml} }`)).toEqual([`dev.yaml: task.${problem}`]));

  it('accepts ARM64 on Spot, which platform version 1.4.0 supports', () => {
    expect(problemsOf('task: { architecture: ARM64 }\nservice: { capacity: { onDemandWeight: 0 } }')).toEqual([]);
  });
});
