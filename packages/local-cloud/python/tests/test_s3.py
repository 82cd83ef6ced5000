from .cloud_test_case import CloudTestCase


class S3Test(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.s3 = self.client("s3")
        self.s3.create_bucket(Bucket="state", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})

    def lifecycle(self, **expiration):
        rule = {"ID": "old", "Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": expiration}
        self.s3.put_bucket_lifecycle_configuration(Bucket="state", LifecycleConfiguration={"Rules": [rule]})
        rules = self.s3.get_bucket_lifecycle_configuration(Bucket="state")["Rules"]
        return rules[0]["NoncurrentVersionExpiration"]

    def test_keeps_newer_noncurrent_versions(self):
        expiration = {"NoncurrentDays": 30, "NewerNoncurrentVersions": 5}
        self.assertEqual(expiration, self.lifecycle(**expiration))

    def test_keeps_a_rule_without_a_number_of_versions(self):
        self.assertEqual({"NoncurrentDays": 30}, self.lifecycle(NoncurrentDays=30))

    def test_empties_a_bucket_that_was_versioned_and_holds_delete_markers(self):
        self.s3.put_bucket_versioning(Bucket="state", VersioningConfiguration={"Status": "Enabled"})
        self.s3.put_object(Bucket="state", Key="a.tflock", Body=b"")
        self.s3.delete_object(Bucket="state", Key="a.tflock")
        self.s3.put_bucket_versioning(Bucket="state", VersioningConfiguration={"Status": "Suspended"})
        held = self.s3.list_object_versions(Bucket="state")
        versions = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in held["Versions"] + held["DeleteMarkers"]]
        self.assertEqual(2, len(versions))
        self.s3.delete_objects(Bucket="state", Delete={"Objects": versions})
        self.s3.delete_bucket(Bucket="state")
        self.assertEqual([], self.s3.list_buckets()["Buckets"])
