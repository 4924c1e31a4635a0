"""What whoever runs the site can see of it: logs without personal words, and whether it is well."""
