-- Who did what: changes that no event tells of, sign-ins, reveals, exports. Rows are added and never changed.
CREATE TABLE access_audit (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  fields TEXT NOT NULL,
  purpose TEXT NOT NULL,
  note TEXT NOT NULL,
  address TEXT NOT NULL,
  request TEXT NOT NULL
);
CREATE INDEX access_audit_actor ON access_audit (actor, id);
CREATE INDEX access_audit_object ON access_audit (object, id);
CREATE INDEX access_audit_act ON access_audit (act, id);
