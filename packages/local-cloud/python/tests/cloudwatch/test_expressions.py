import unittest

from moto.cloudwatch.exceptions import ValidationError

from nightshift_cloud.cloudwatch.expressions import Expression, Scope
from nightshift_cloud.core import NotInLocalCloud


class ExpressionsTest(unittest.TestCase):
    def value(self, text, **series):
        """The values of three periods, None where there is none."""
        values = {name: {i: float(v) for i, v in enumerate(items) if v is not None} for name, items in series.items()}
        found = Expression("e", text).evaluate(Scope(values, [0, 1, 2], 60, list(values)))
        return [found.get(minute) for minute in range(3)]

    def test_arithmetic(self):
        self.assertEqual([50.0, None, 100.0], self.value("100 * errors / requests", errors=[1, 1, 3], requests=[2, 0, 3]))
        self.assertEqual([7.0, 7.0, 7.0], self.value("1 + 2 * 3"))
        self.assertEqual([9.0, 9.0, 9.0], self.value("(1 + 2) * 3"))
        self.assertEqual([-8.0, -8.0, -8.0], self.value("-2 ^ 3"))
        self.assertEqual([None, None, None], self.value("1 / 0"))

    def test_two_series_have_a_value_where_both_have_one(self):
        self.assertEqual([3.0, None, None], self.value("a + b", a=[1, 1, None], b=[2, None, 2]))

    def test_comparisons_are_1_or_0(self):
        self.assertEqual([0.0, 1.0, 1.0], self.value("a >= 2", a=[1, 2, 3]))
        self.assertEqual([0.0, 1.0, 0.0], self.value("a > 1 AND a < 3", a=[1, 2, 3]))
        self.assertEqual([1.0, 0.0, 1.0], self.value("a == 1 || a == 3", a=[1, 2, 3]))

    def test_if(self):
        self.assertEqual([2.0, 0.0, None], self.value("IF(d > r, d - r, 0)", d=[3, 3, 3], r=[1, 3, None]))
        self.assertEqual([None, 2.0, 3.0], self.value("IF(a > 1, a)", a=[1, 2, 3]))
        self.assertEqual([5.0, 5.0, 5.0], self.value("IF(1, 5, 6)"))

    def test_fill(self):
        self.assertEqual([0.0, 2.0, 0.0], self.value("FILL(a, 0)", a=[None, 2, None]))
        self.assertEqual([None, 2.0, 2.0], self.value("FILL(a, REPEAT)", a=[None, 2, None]))
        self.assertEqual([0.0, 0.0, 0.0], self.value("FILL(a, 0)", a=[None, None, None]))

    def test_the_share_of_failed_requests_of_the_release_gate(self):
        text = (
            "IF(FILL(requests, 0) + FILL(unrouted, 0) >= 20, "
            "100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(unrouted, 0)), 0)"
        )
        given = {"requests": [40, 10, None], "unrouted": [None, 30, None], "target": [10, None, None], "balancer": [None, 30, 5]}
        self.assertEqual([25.0, 75.0, 0.0], self.value(text, **given))

    def test_aggregates_of_one_series_are_numbers(self):
        for function, value in (("SUM", 6.0), ("AVG", 2.0), ("MAX", 3.0), ("MIN", 1.0)):
            self.assertEqual([value] * 3, self.value(f"{function}(a)", a=[1, 2, 3]))

    def test_aggregates_of_all_metrics_are_series(self):
        self.assertEqual([4.0, 2.0, None], self.value("SUM(METRICS())", a=[1, 2, None], b=[3, None, None]))
        self.assertEqual([1.0, 2.0, None], self.value('MAX(METRICS("a"))', a=[1, 2, None], b=[3, None, None]))

    def test_functions_of_each_value(self):
        self.assertEqual([2.0, 1.0, 1.0], self.value("CEIL(ABS(a))", a=[-1.5, 1, 0.5]))
        self.assertEqual([60.0] * 3, self.value("PERIOD(a)", a=[1, 1, 1]))

    def test_returns_the_ids_that_an_expression_reads(self):
        self.assertEqual(["a", "b", "c"], sorted(Expression("e", "IF(a > FILL(b, REPEAT), c, 0)").names()))

    def test_refuses_invalid_syntax(self):
        for text, message in (
            ("a +", "Error in expression 'e': Invalid syntax"),
            ("a $ b", "Error in expression 'e': Invalid syntax"),
            ("(a", "Error in expression 'e': Invalid syntax"),
            ("a b", "Error in expression 'e': Invalid syntax"),
            ("NOTHING(a)", "Error in expression 'e': Unsupported function NOTHING"),
            ("IF(a)", "Error in expression 'e': Invalid number of arguments for function IF"),
            ("c + 1", "Error in expression 'e': Undefined id c"),
            ("METRICS()", "Error in expression 'e': The expression must return one time series"),
        ):
            with self.subTest(text), self.assertRaises(ValidationError) as caught:
                self.value(text, a=[1, 2, 3])
            self.assertEqual(message, caught.exception.message)

    def test_names_an_unsupported_function(self):
        with self.assertRaisesRegex(NotInLocalCloud, "the local cloud does not have the metric math function SEARCH"):
            self.value("SEARCH('x', 'Sum')")
