"""IAM on request (`nightshift local up --enforce-iam`): whether the caller may do what the request asks for.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"""
