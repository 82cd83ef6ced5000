from ..tasks_test_case import TasksTestCase


class ExecuteCommandTest(TasksTestCase):
    def refuse(self, code, message, task, **more):
        with self.assertRaises(self.ecs.exceptions.ClientError) as caught:
            self.ecs.execute_command(cluster="cluster", task=task, command="sh", interactive=True, **more)
        error = caught.exception.response["Error"]
        self.assertEqual(code, error["Code"])
        self.assertRegex(error["Message"], message)

    def test_names_the_process_of_a_task(self):
        self.run_service(count=1, enableExecuteCommand=True)
        [task] = self.running(1)
        [container] = task["containers"]
        self.assertEqual([("ExecuteCommandAgent", "RUNNING")], [(a["name"], a["lastStatus"]) for a in container["managedAgents"]])
        self.refuse(
            "NotInLocalCloud",
            r"^the local cloud has no Session Manager - the task runs as process \d+ of this machine and listens on"
            r" http://127\.0\.0\.1:\d+, so use that address, `ps -p \d+`, or CloudWatch Logs$",
            task["taskArn"],
        )
        message = "^The container none does not exist in the task.$"
        self.refuse("InvalidParameterException", message, task["taskArn"], container="none")

    def test_refuses_a_task_without_execute_command(self):
        self.run_service(count=1)
        [task] = self.running(1)
        self.assertEqual([], task["containers"][0].get("managedAgents", []))
        self.refuse("InvalidParameterException", "^The execute command failed because execute command was not", task["taskArn"])
        self.refuse("InvalidParameterException", "^The specified task does not exist or is not running.$", "0" * 32)
