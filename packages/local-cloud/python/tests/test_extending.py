import unittest

from nightshift_cloud.extending import adds, wraps


class ExtendingTest(unittest.TestCase):
    def test_adds_a_method(self):
        class Moto:
            pass

        @adds(Moto)
        def answer(self):
            return 42

        self.assertEqual(42, Moto().answer())

    def test_refuses_to_add_a_method_that_moto_already_has(self):
        class Moto:
            def answer(self):
                return 41

        with self.assertRaisesRegex(TypeError, "^moto has Moto.answer by now: review the extension that adds it$"):

            @adds(Moto)
            def answer(self):
                return 42

    def test_wraps_a_method(self):
        class Moto:
            def answer(self, plus):
                return 40 + plus

        @wraps(Moto)
        def answer(original, self, plus):
            return original(self, plus) + 1

        self.assertEqual(42, Moto().answer(1))

    def test_wraps_a_private_name(self):
        class Moto:
            def _answer(self):
                return 41

        @wraps(Moto, "_answer")
        def answer(original, self):
            return original(self) + 1

        self.assertEqual(42, Moto()._answer())

    def test_refuses_to_wrap_a_method_that_moto_no_longer_has(self):
        class Moto:
            pass

        with self.assertRaisesRegex(TypeError, "^moto has no Moto.answer: review the extension that wraps it$"):

            @wraps(Moto)
            def answer(original, self):
                return original(self)
