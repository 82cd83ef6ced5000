"""The data path of the load balancers, in a separate process: API calls do not delay requests. It ends with the server."""
