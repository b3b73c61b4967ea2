"""What ships with the project: sample articles and small reviewed reference tables."""
