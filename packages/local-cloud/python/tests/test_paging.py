from .cloud_test_case import CloudTestCase


class PagingTest(CloudTestCase):
    def pages(self, service, operation, **parameters):
        """The number of items of each page."""
        paginator = self.client(service).get_paginator(operation)
        key = paginator.result_keys[0].expression
        return [len(page[key]) for page in paginator.paginate(**parameters)]

    def register(self, family, count=1):
        for _ in range(count):
            self.client("ecs").register_task_definition(
                family=family, containerDefinitions=[{"name": "app", "image": "a", "memory": 4}]
            )

    def listed(self, **given):
        arns = self.client("ecs").list_task_definitions(**given)["taskDefinitionArns"]
        return [arn.rpartition("/")[2] for arn in arns]

    def test_task_definitions_are_sorted_by_family_and_revision(self):
        self.register("b", 11)
        self.register("a")
        ascending = ["a:1", *(f"b:{revision}" for revision in range(1, 12))]
        self.assertEqual(ascending, self.listed())
        self.assertEqual(ascending[::-1], self.listed(sort="DESC"))
        self.assertEqual(["b:11"], self.listed(familyPrefix="b", sort="DESC", maxResults=1))

    def test_pages_end_with_the_last_item(self):
        self.register("a", 4)
        self.assertEqual([3, 1], self.pages("ecs", "list_task_definitions", PaginationConfig={"PageSize": 3}))
        self.assertEqual([2, 2], self.pages("ecs", "list_task_definitions", PaginationConfig={"PageSize": 2}))
        self.assertNotIn("nextToken", self.client("ecs").list_task_definitions(maxResults=4))

    def test_lists_services_in_pages_of_ten(self):
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="cluster")
        self.register("a")
        for number in range(11):
            ecs.create_service(cluster="cluster", serviceName=f"service-{number}", taskDefinition="a", desiredCount=0)
        self.assertEqual([10, 1], self.pages("ecs", "list_services", cluster="cluster"))

    def test_pages_the_json_of_codedeploy(self):
        codedeploy = self.client("codedeploy")
        for number in range(101):
            codedeploy.create_application(applicationName=f"application-{number}", computePlatform="ECS")
        self.assertEqual([100, 1], self.pages("codedeploy", "list_applications"))

    def test_pages_the_xml_of_load_balancing(self):
        elbv2, vpc = self.client("elbv2"), self.make_subnets()[0]["VpcId"]
        for number in range(3):
            elbv2.create_target_group(Name=f"group-{number}", Protocol="HTTP", Port=80, VpcId=vpc)
        self.assertEqual([2, 1], self.pages("elbv2", "describe_target_groups", PaginationConfig={"PageSize": 2}))

    def test_pages_what_moto_pages(self):
        logs = self.client("logs")
        for number in range(3):
            logs.create_log_group(logGroupName=f"log-group-{number}")
        self.assertEqual([2, 1], self.pages("logs", "describe_log_groups", PaginationConfig={"PageSize": 2}))

    def test_pages_that_are_cut_from_several_lists(self):
        cloudwatch = self.client("cloudwatch")
        for number in range(2):
            cloudwatch.put_metric_alarm(
                AlarmName=f"alarm-{number}", ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=1, Threshold=1,
                Namespace="N", MetricName="M", Period=60, Statistic="Sum",
            )  # fmt: skip
        cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule='ALARM("alarm-0")')
        types = ["MetricAlarm", "CompositeAlarm"]
        first = cloudwatch.describe_alarms(MaxRecords=1, AlarmTypes=types)
        second = cloudwatch.describe_alarms(MaxRecords=2, AlarmTypes=types, NextToken=first["NextToken"])
        self.assertEqual((1, 0), (len(first["MetricAlarms"]), len(first["CompositeAlarms"])))
        self.assertEqual((1, 1), (len(second["MetricAlarms"]), len(second["CompositeAlarms"])))
        self.assertNotIn("NextToken", second)

    def test_says_that_a_list_is_truncated(self):
        iam = self.client("iam")
        for number in range(2):
            iam.create_group(GroupName=f"group-{number}")
        first = iam.list_groups(MaxItems=1)
        self.assertEqual((True, 1), (first["IsTruncated"], len(first["Groups"])))
        self.assertFalse(iam.list_groups(MaxItems=1, Marker=first["Marker"])["IsTruncated"])

    def test_refuses_a_token_that_the_operation_did_not_issue(self):
        self.register("a", 2)
        ecs, elbv2 = self.client("ecs"), self.client("elbv2")
        other = ecs.list_task_definitions(maxResults=1)["nextToken"]
        message = "The specified nextToken is invalid."
        for token in (other, "x", "AAAA"):
            self.assert_refused("InvalidParameterException", message, ecs.list_clusters, nextToken=token)
        message = "The next token was specified in an invalid format."
        self.assert_refused("InvalidNextTokenException", message, self.client("codedeploy").list_applications, nextToken="x")
        message = "The specified Marker is invalid."
        self.assert_refused("ValidationError", message, elbv2.describe_target_groups, Marker="x")
        message = "The specified NextToken is invalid."
        self.assert_refused("InvalidNextToken", message, self.client("cloudwatch").describe_alarms, NextToken="x")
