"""What each flow does, as plain functions that know nothing of Prefect."""
