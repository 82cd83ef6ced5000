"""The load balancers' data path, as a process of its own: requests do not wait for the API's Python, and end with it."""
