/**
 * The writable directories on a read-only root file system. AWS does not officially support ECS Exec there, but it works with these
 * directories: https://github.com/aws/containers-roadmap/issues/1359
 * A volume belongs to root unless the image declares its path as a `VOLUME` of another user; the agent is root, the application is
 * not, and so needs `VOLUME /tmp` in its image: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
 */
export const writableVolumes = [
  { name: 'tmp', path: '/tmp' },
  { name: 'exec-agent', path: '/managed-agents' },
  { name: 'exec-state', path: '/var/lib/amazon/ssm' },
  { name: 'exec-log', path: '/var/log/amazon/ssm' },
] as const;
