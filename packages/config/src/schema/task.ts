import { z } from 'zod';
import { fargateCpus } from '../fargate-sizes';
import { statements } from './statement';

/** R4.1, R9.2. Cross-field rule: the pair is one that Fargate offers. */
export const task = z.strictObject({
  cpu: z
    .literal(fargateCpus, `is not a size that Fargate offers - use one of ${fargateCpus.join(', ')}`)
    .default(2048)
    .describe('CPU units, 1024 of which are one virtual CPU')
    .meta({ unit: 'CPU units' }),
  memoryMiB: z
    .int('is not a whole number - use one of MiB that Fargate offers with task.cpu, such as 4096 with 2048')
    .default(4096)
    .describe('memory in MiB, of the sizes that Fargate offers with the CPU units'),
  architecture: z
    .enum(['X86_64', 'ARM64'])
    .default('X86_64')
    .describe('what the image is built for; both run on FARGATE and on FARGATE_SPOT'),
  statements: statements
    .default([])
    .describe(
      'what the application itself may do: permissions of the task role. Services other than S3 need an endpoint in network.endpoints too',
    )
    .meta({ requirement: 'R9.2' }),
});
