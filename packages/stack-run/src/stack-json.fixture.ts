import type { StackJson } from './placeholders';

const remoteState = (stack: string) => ({ backend: 's3', config: { bucket: 'state', key: `dev/${stack}.tfstate` } });

/** A stack that reads three values of network and one of registry. */
export const readsNetworkAndRegistry = {
  terraform: { backend: { s3: { bucket: 'state', key: 'dev/compute.tfstate' } } },
  data: {
    aws_region: { Region: {} },
    terraform_remote_state: {
      'cross-stack-reference-input-network': remoteState('network'),
      'cross-stack-reference-input-registry': remoteState('registry'),
    },
  },
  resource: {
    aws_lb_target_group: {
      Blue: { vpc_id: '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.vpc_id}' },
      Green: { vpc_id: '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.vpc_id}' },
    },
    aws_ecs_service: {
      Service: {
        subnets: [
          '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.subnet_ids_1}',
          '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.subnet_ids_0}',
        ],
      },
    },
    aws_ecs_task_definition: {
      Task: {
        container_definitions:
          '[{"image":"${data.terraform_remote_state.cross-stack-reference-input-registry.outputs.repository_url}:1"}]',
      },
    },
  },
} satisfies StackJson;
