"""Fetching: one request at a time to a host, within what its robots.txt, its answers and our limits allow."""
