"""Lints IAM policy documents: reads [{"resource", "attribute", "document"}] and writes [{"resource", "sid", "issue", "detail"}].

The judge is parliament, with the Service Authorization Reference as policy_sentry keeps it: parliament's own copy knows 18,397 actions,
policy_sentry 0.15.2's 20,455, those of EKS, ECR, CloudWatch Logs and EC2 of the last year among them. Two of parliament's checks are replaced,
because they look at a statement alone and at required resources alone: it wants all resources of an action in one statement, and takes a bucket
for what an object's action is about.
"""

import copy
import json
import pathlib
import re
import sys
import warnings

warnings.simplefilter("ignore")  # parliament's regular expressions

import parliament  # noqa: E402
import policy_sentry  # noqa: E402
from parliament.statement import get_arn_format, get_privilege_info  # noqa: E402

REPLACED = {"RESOURCE_MISMATCH", "RESOURCE_STAR", "RESOURCE_EFFECTIVELY_STAR"}

UNREADABLE = {"MALFORMED", "MALFORMED_JSON", "EXCEPTION", "UNKNOWN_ACTION", "UNKNOWN_PREFIX", "INVALID_ARN"}

# Their policies can name nothing but the resource that they are on, as "*".
ON_ITSELF = {"aws_kms_key", "aws_kms_replica_key", "aws_backup_vault_policy", "aws_ecr_repository_policy", "aws_vpc_endpoint"}


def reference():
    """The Service Authorization Reference in parliament's form."""
    path = pathlib.Path(policy_sentry.__file__).parent / "shared" / "data" / "iam-definition.json"
    services = []
    for prefix, service in json.loads(path.read_text()).items():
        if not isinstance(service, dict) or "privileges" not in service:
            continue
        services.append({
            "prefix": prefix,
            "service_name": service["service_name"],
            "privileges": [{
                "privilege": name,
                "access_level": privilege["access_level"],
                "resource_types": [{
                    "resource_type": kind["resource_type"] + ("*" if kind["required"] else ""),
                    # Keys of the resource hold for every action on it, as the reference has it; parliament asks the action alone.
                    "condition_keys": kind["condition_keys"] + service["resources"].get(kind["resource_type"], {}).get("condition_keys", []),
                    "dependent_actions": kind["dependent_actions"],
                } for kind in privilege["resource_types"].values()],
            } for name, privilege in service["privileges"].items()],
            "resources": [{"resource": r["resource"], "arn": r["arn"], "condition_keys": r["condition_keys"]} for r in service["resources"].values()],
            "conditions": [{"condition": c["condition"], "type": c["type"], "description": ""} for c in service["conditions"].values()],
        })
    return services


def values(element):
    return element if isinstance(element, list) else [element]


def applies(info, resource):
    """Whether an action knows a kind of resource that an ARN can be of."""
    for kind in info["resource_types"]:
        name = kind["resource_type"].rstrip("*")
        if name and parliament.is_arn_strictly_valid(name, get_arn_format(name, info["service_resources"]), resource):
            return True
    return False


def check_resources(entry, statement):
    """Actions that can't be about any of a statement's resources, resources that none of its actions is about, and wildcards."""
    found = []
    resources, useful = values(statement["Resource"]), set()
    for action in values(statement["Action"]):
        if "*" in action:
            found.append(("ACTION_STAR", action))
        for one in parliament.expand_action(action, raise_exceptions=False):
            name = one["service"] + ":" + one["action"]
            info = get_privilege_info(one["service"], one["action"])
            named = any(kind["resource_type"].rstrip("*") for kind in info["resource_types"])
            matching = {r for r in resources if r != "*" and named and applies(info, r)}
            useful |= matching
            if "*" in resources:
                useful.add("*")
                if named and entry["resource"].split(".")[0] not in ON_ITSELF and "Condition" not in statement:
                    found.append(("RESOURCE_STAR", name + " can be limited to resources"))
            elif not matching and "*" not in action:
                found.append(("RESOURCE_MISMATCH", name + (" is about none of " + ", ".join(resources) if named else " knows no resource but *")))
    for resource in resources:
        if resource not in useful and not found:
            found.append(("RESOURCE_MISMATCH", "no action of the statement is about " + resource))
    return found


def lint(entry):
    """The findings of one document, a statement at a time, so that each has its Sid."""
    document = json.loads(entry["document"])
    for statement in values(document["Statement"]):
        alone = copy.deepcopy(statement)
        trust = "Resource" not in alone
        if trust:  # a role's trust policy is about the role, which parliament wants to be said
            alone["Resource"] = "*"
            # An IAM identity provider and its claims are not in the reference.
            alone.get("Principal", {}).pop("Federated", None)
            for operator in list(alone.get("Condition", {})):
                keys = alone["Condition"][operator]
                alone["Condition"][operator] = {k: v for k, v in keys.items() if not re.search(r":(sub|aud)$", k)}
                if not alone["Condition"][operator]:
                    del alone["Condition"][operator]
            if not alone.get("Principal", True):
                del alone["Principal"]
        policy = parliament.analyze_policy_string(json.dumps({"Version": document.get("Version"), "Statement": [alone]}), ignore_private_auditors=True)
        found = [(f.issue, str(f.detail)) for f in policy.findings if f.issue not in REPLACED]
        unreadable = any(issue in UNREADABLE for issue, _ in found)
        if not trust and not unreadable and alone["Effect"] == "Allow":
            found += check_resources(entry, alone)
        for issue, detail in sorted(set(found)):
            yield {"resource": entry["resource"], "sid": statement.get("Sid", ""), "issue": issue, "detail": detail}


def main():
    parliament.iam_definition[:] = reference()
    json.dump([finding for entry in json.load(sys.stdin) for finding in lint(entry)], sys.stdout)


main()
