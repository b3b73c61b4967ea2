"""What is run on a schedule: deployments made of the sources file, one a group of sources and one for maintenance.

``definitions.py`` says what they are, without Prefect. ``prefect_file.py`` writes them as a prefect.yaml, for
``prefect deploy --all`` and workers; ``served.py`` serves them in one process. A file rather than a command that
registers them: it is reviewed and kept under version control like the sources file it was made from, and it is what
Prefect's own commands, documentation and continuous integration begin with.
"""
