"""Optional IAM authorization of requests (`nightshift local up --enforce-iam`).
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html"""
