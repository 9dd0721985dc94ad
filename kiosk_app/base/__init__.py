"""What every room may use: time, tasks, ids, errors, logs, paths, settings and words."""
