"""How the engine runs on Prefect: the flows, what schedules them, and the process that executes them.

The only package that imports Prefect. It asks the use cases of `obligations.cases` and never their tables.
"""
