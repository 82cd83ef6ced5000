from .cloud_test_case import CloudTestCase


class KmsTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.kms = self.client("kms")
        self.key = self.kms.create_key()["KeyMetadata"]["KeyId"]

    def rotation(self):
        status = self.kms.get_key_rotation_status(KeyId=self.key)
        return {name: value for name, value in status.items() if name != "ResponseMetadata"}

    def test_keeps_the_rotation_period(self):
        self.kms.enable_key_rotation(KeyId=self.key, RotationPeriodInDays=180)
        self.assertEqual({"KeyId": self.key, "KeyRotationEnabled": True, "RotationPeriodInDays": 180}, self.rotation())

    def test_rotates_once_a_year_by_default(self):
        self.kms.enable_key_rotation(KeyId=self.key)
        self.assertEqual(365, self.rotation()["RotationPeriodInDays"])

    def test_has_no_period_without_rotation(self):
        self.assertEqual({"KeyId": self.key, "KeyRotationEnabled": False}, self.rotation())
