import unittest

from nightshift_cloud.validation.patterns import compiled, matches


class PatternsTest(unittest.TestCase):
    def test_translates_java_syntax_that_python_lacks(self):
        for pattern, good, bad in (
            (r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)", "Zoë 1", "a!"),
            (r"\p{Lu}\p{IsLl}+", "Ab", "ab"),
            (r"\p{Alpha}+", "ab", "1"),
            (r"[[:alnum:]]+", "a1", "-"),
            (r"[\u0009\u0020-\uD7FF\uD800\uDC00-\uDBFF\uDFFF]+", "a\U0001f600", "\x07"),
            (r"[\x{10000}-\x{10FFFF}]", "\U0001f600", "a"),
            (r"[\w-_]*", "a-b_c", "a b"),
        ):
            self.assertEqual([True, False], [matches(pattern, good), matches(pattern, bad)], pattern)

    def test_matches_the_whole_value(self):
        self.assertFalse(matches("[a-z]+", "ab1"))

    def test_an_unsupported_pattern_is_not_enforced(self):
        self.assertIsNone(compiled("(?<a"))
        self.assertTrue(matches("(?<a", "anything"))
