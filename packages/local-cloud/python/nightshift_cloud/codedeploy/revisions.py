"""CodeDeploy: the revisions of an application. Deployments register theirs.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_RevisionLocation.html"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.responses import CodeDeployResponse

from ..extending import adds
from ..moto_private import parameter
from .deployment import revision_of


def hash_of(revision: dict[str, Any] | None) -> str | None:
    """AppSpecContent is identified by the hash of its content."""
    content = (revision or {}).get("appSpecContent") or {}
    text = content.get("content")
    return hashlib.sha256(text.encode()).hexdigest() if text else content.get("sha256")


def revisions_of(backend: Any, application: str) -> dict[str, dict[str, Any]]:
    """The revision and its RevisionInfo, by its hash; the one that was registered first is the first one."""
    found: dict[str, dict[str, Any]] = {}
    for deployment in sorted(backend.deployments.values(), key=lambda deployment: float(deployment.create_time)):
        key = hash_of(deployment.revision)
        if deployment.application_name != application or key is None:
            continue
        created = deployment.create_time
        info = {"deploymentGroups": [], "registerTime": created, "firstUsedTime": created, "lastUsedTime": created}
        entry = found.setdefault(key, {"revision": revision_of(deployment), "revisionInfo": info})
        entry["revisionInfo"]["lastUsedTime"] = created
        group = deployment.deployment_group_name
        if group not in entry["revisionInfo"]["deploymentGroups"]:
            entry["revisionInfo"]["deploymentGroups"].append(group)
    return found


@adds(CodeDeployResponse)
def list_application_revisions(self: CodeDeployResponse) -> str:
    """https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListApplicationRevisions.html"""
    application = parameter(self, "applicationName")
    self.codedeploy_backend.get_application(application)
    entries = list(revisions_of(self.codedeploy_backend, application).values())
    order = parameter(self, "sortBy")
    if order:
        entries.sort(key=lambda entry: float(entry["revisionInfo"][order]), reverse=parameter(self, "sortOrder") == "descending")
    return json.dumps({"revisions": [entry["revision"] for entry in entries]})


@adds(CodeDeployResponse)
def get_application_revision(self: CodeDeployResponse) -> str:
    """https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_GetApplicationRevision.html"""
    application, key = parameter(self, "applicationName"), hash_of(parameter(self, "revision"))
    self.codedeploy_backend.get_application(application)
    entry = revisions_of(self.codedeploy_backend, application).get(key or "")
    if entry is None:
        raise CodeDeployException(
            "RevisionDoesNotExistException", "The named revision does not exist with the IAM user or AWS account."
        )
    return json.dumps({"applicationName": application, **entry})
