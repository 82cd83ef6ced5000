import { z } from 'zod';
import { fargateCpus } from '../fargate-sizes';
import { statements } from './statement';

/** R4.1, R9.2. Cross-field rule: the pair is one that Fargate offers. */
export const task = z.strictObject({
  cpu: z
    .literal(fargateCpus, `is not a size that Fargate offers - use one of ${fargateCpus.join(', ')}`)
    .default(2048)
    .describe('CPU units; 1024 units are one vCPU')
    .meta({ unit: 'CPU units' }),
  memoryMiB: z
    .int('is not a whole number - use one of MiB that Fargate offers with task.cpu, such as 4096 with 2048')
    .default(4096)
    .describe('memory in MiB; the valid sizes depend on cpu'),
  architecture: z
    .enum(['X86_64', 'ARM64'])
    .default('X86_64')
    .describe('CPU architecture of the image; both run on FARGATE and FARGATE_SPOT'),
  statements: statements
    .default([])
    .describe(
      'permissions of the task role, which the application uses. Services other than S3 also need an endpoint in network.endpoints',
    )
    .meta({ requirement: 'R9.2' }),
});
