-- A visit's cases belong together: a callback finds the case that it came from.
CREATE INDEX cases_visit ON cases (json_extract(record, '$.visit'));
