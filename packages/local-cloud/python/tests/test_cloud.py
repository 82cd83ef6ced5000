from moto.ecs.models import ecs_backends

from nightshift_cloud.cloud import cloud, existing
from nightshift_cloud.control.faults import Fault

from .cloud_test_case import CloudTestCase


class CloudTest(CloudTestCase):
    def test_a_reset_restores_the_initial_state(self):
        self.client("ecs").create_cluster(clusterName="cluster")
        scale, now = cloud.clock.scale, cloud.clock.now
        cloud.clock.scale, cloud.clock.now, cloud.clock.paused = 1, lambda: 0.0, True
        cloud.faults.active.append(Fault(("*",), "throttle", every=2))
        cloud.environments = [{"suffix": "dev"}]
        cloud.reset()
        self.assertEqual((scale, now, False), (cloud.clock.scale, cloud.clock.now, cloud.clock.paused))
        self.assertEqual(([], []), (cloud.faults.active, cloud.environments))
        self.reset()
        self.assertEqual([], [backend for backend in existing(ecs_backends) if backend.clusters])
