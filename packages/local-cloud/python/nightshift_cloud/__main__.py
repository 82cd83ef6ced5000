"""python -m nightshift_cloud --port 45660 --fingerprint 1a2b3c"""

import argparse
import os

from .server import HOST, serve


def main():
    parser = argparse.ArgumentParser(prog="nightshift_cloud", description="The local cloud of Nightshift.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--fingerprint", required=True, help="what the health address reports as the code's version")
    options = parser.parse_args()
    # AWS's own policies, such as service-role/AmazonECSTaskExecutionRolePolicy; moto leaves them out unless told.
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    # Machine images, which nothing here starts, would take a second to load.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    server = serve(options.port, options.fingerprint)
    print(f"listening on http://{HOST}:{options.port}", flush=True)
    server.serve_forever()


main()
