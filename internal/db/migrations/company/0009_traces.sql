-- Where a job was asked for, as a W3C traceparent: who does it goes on with that trace. Empty where nobody traced it.
ALTER TABLE job ADD COLUMN trace TEXT NOT NULL DEFAULT '';
